package dev.cajal.diagnosis;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * How often a diagnosis is right, on data and networks that no threshold was chosen with: a table
 * of what the patients had and what was found. With the test classes on the class path:
 *
 * <pre>{@code
 * java --add-modules jdk.incubator.vector -cp … dev.cajal.diagnosis.ConfusionTable 20 80
 * }</pre>
 *
 * where the numbers are those of patients of each illness and of healthy ones; a third is the first
 * seed, and {@code known} as a fourth takes the kinds that thresholds were chosen with.
 */
final class ConfusionTable {
  private ConfusionTable() {}

  /** What came of a patient. */
  private record Row(Optional<Illness> had, List<Finding> found, String name) {
    boolean isRight() {
      return found.stream().map(Finding::illness).toList().equals(had.stream().toList());
    }
  }

  public static void main(String... args) throws InterruptedException, ExecutionException {
    int ill = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    int healthy = args.length > 1 ? Integer.parseInt(args[1]) : 80;
    int first = args.length > 2 ? Integer.parseInt(args[2]) : 0;
    var patients = new Patients(args.length < 4);
    var visits = new ArrayList<Callable<Row>>();
    for (int i = 0; i < healthy; i++) {
      int seed = first + i;
      visits.add(() -> visit(patients.healthy(seed)));
    }
    for (Illness illness : Illness.values()) {
      for (int i = 0; i < ill; i++) {
        int seed = first + i;
        visits.add(() -> visit(patients.ill(illness, seed)));
      }
    }
    var rows = new ArrayList<Row>();
    try (var rooms = Executors.newFixedThreadPool(2)) {
      for (var row : rooms.invokeAll(visits)) {
        rows.add(row.get());
      }
    }
    print(rows);
  }

  private static Row visit(Patient patient) {
    return new Row(patient.illness(), patient.diagnosis().findings(), patient.name());
  }

  private static void print(List<Row> rows) {
    for (Row row : rows) {
      if (!row.isRight()) {
        System.out.printf(
            "%s: %s%n",
            row.name(),
            row.found().stream()
                .map(each -> "%s (%s)".formatted(each.illness(), each.evidence()))
                .collect(Collectors.joining("; ")));
      }
    }
    System.out.printf(
        Locale.ROOT, "%n%-26s %5s %6s %8s  %s%n", "had", "runs", "named", "only it", "found");
    var byIllness = new EnumMap<Illness, List<Row>>(Illness.class);
    rows.forEach(row ->
        row.had()
            .ifPresent(its -> byIllness.computeIfAbsent(its, _ -> new ArrayList<>()).add(row)));
    byIllness.forEach(ConfusionTable::print);
    List<Row> healthy = rows.stream().filter(row -> row.had().isEmpty()).toList();
    System.out.printf(
        "%-26s %5d %6s %8d  %s%n",
        "nothing",
        healthy.size(),
        "",
        healthy.stream().filter(Row::isRight).count(),
        counts(healthy));
  }

  private static void print(Illness illness, List<Row> rows) {
    long named =
        rows.stream()
            .filter(row -> row.found().stream().anyMatch(each -> each.illness() == illness))
            .count();
    System.out.printf(
        "%-26s %5d %6d %8d  %s%n",
        illness, rows.size(), named, rows.stream().filter(Row::isRight).count(), counts(rows));
  }

  private static Map<Illness, Long> counts(List<Row> rows) {
    return rows.stream()
        .flatMap(row -> row.found().stream())
        .collect(
            Collectors.groupingBy(
                Finding::illness, () -> new EnumMap<>(Illness.class), Collectors.counting()));
  }
}
