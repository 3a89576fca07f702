package dev.cajal.bench.race;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Runs contestants against each other. In each round each of them has one process, one after the
 * other, so that whatever else the machine does harms all alike.
 *
 * @param progress where to tell of each process
 */
public record Race(List<Entry.Ready> contestants, int rounds, PrintStream progress) {

  /** What came of the rounds of one contestant. */
  private static final class Rounds {
    private String title;
    private final Map<String, List<Double>> figures = new HashMap<>();
    private Optional<String> failure = Optional.empty();

    Rounds(String title) {
      this.title = title;
    }

    void add(Attempt attempt) {
      switch (attempt) {
        case Attempt.Told(var told, var one) -> {
          title = told;
          one.forEach(
              (name, value) -> figures.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
        }
        case Attempt.Failed(var why) -> failure = Optional.of(why);
      }
    }

    Standing.Place place(String name, Workload workload) {
      Map<Metric, Figure> place = new LinkedHashMap<>();
      if (failure.isEmpty()) {
        for (Metric metric : workload.allMetrics()) {
          List<Double> all = figures.getOrDefault(metric.name(), List.of());
          if (!all.isEmpty()) {
            place.put(metric, Figure.of(all));
          }
        }
      }
      return new Standing.Place(name, title, place, failure);
    }
  }

  /** One workload with a number of threads. Who fails once is not asked again. */
  public Standing run(Workload workload, int threads) throws InterruptedException {
    Map<Entry.Ready, Rounds> all = new LinkedHashMap<>();
    contestants.stream()
        .filter(contestant -> contestant.workloads().contains(workload))
        .forEach(contestant -> all.put(contestant, new Rounds(contestant.name())));
    for (int round = 1; round <= rounds; round++) {
      for (var each : all.entrySet()) {
        if (each.getValue().failure.isEmpty()) {
          var heat = new Heat(each.getKey(), workload, threads);
          Attempt attempt = heat.run();
          each.getValue().add(attempt);
          tell(heat, round, attempt);
        }
      }
    }
    return new Standing(
        workload,
        threads,
        all.entrySet().stream()
            .map(each -> each.getValue().place(each.getKey().name(), workload))
            .toList());
  }

  private void tell(Heat heat, int round, Attempt attempt) {
    String what =
        switch (attempt) {
          case Attempt.Told(var title, var figures) ->
              heat.workload().metrics().stream()
                  .map(metric ->
                      Table.number(figures.getOrDefault(metric.name(), Double.NaN))
                          + " "
                          + metric.unit())
                  .collect(Collectors.joining("; ", title + " ", ""));
          case Attempt.Failed(var why) -> heat.contestant().name() + " failed: " + why;
        };
    progress.printf(
        "%s, %d of %d, threads %d: %s%n", heat.workload(), round, rounds, heat.threads(), what);
  }
}
