package dev.cajal.bench.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.bench.race.Standing.Place;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Metric SAMPLES = Workload.W2.metric("samples");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Table table = new Table(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  @Test
  void ratiosStandBesideTheirGoals() {
    table.head();
    table.title(Workload.W2);
    table.rows(
        new Standing(
            Workload.W2,
            1,
            List.of(
                place("Cajal", "Cajal", 72_400, 128),
                place("PyTorch", "PyTorch 2.13.0+cpu", 44_100, 312),
                place("TensorFlow", "TensorFlow 2.18.0", 60_000, 363),
                place("Smile", "Smile 6.2.5", 1_234, 99.5))));
    assertThat(text())
        .isEqualTo(
            """
                                      median       min       max    MB  ratio    goal

            W2  MLP 784-256-128-10, batch 64, Adam
              1 thread, samples/s
              Cajal                   72,400    72,399    72,401   128
              PyTorch 2.13.0+cpu      44,100    44,099    44,101   312   1.64  ≥ 1.80  missed
                memory                                                   0.41  ≤ 0.50     met
              TensorFlow 2.18.0       60,000    59,999    60,001   363   1.21  ≥ 1.10     met
              Smile 6.2.5              1,234     1,233     1,235  99.5   58.7
            """);
  }

  @Test
  void whoFailedIsNamedWithTheReason() {
    table.rows(
        new Standing(
            Workload.W2,
            2,
            List.of(new Place("DJL", "DJL", Map.of(), Optional.of("no library ".repeat(20))))));
    assertThat(text()).contains("2 threads", "DJL", "failed: no library");
    assertThat(text().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void thereAreNoRatiosWithoutPeersOrWithoutUs() {
    table.rows(new Standing(Workload.W2, 1, List.of(place("Cajal", "Cajal", 5, 5))));
    table.rows(new Standing(Workload.W2, 1, List.of(place("PyTorch", "PyTorch", 5, 5))));
    assertThat(text()).doesNotContain("met", "missed", "1.00");
  }

  @Test
  void aCallThatAllocatesHasMissedItsGoal() {
    Metric bytesAllocated = Workload.W7.metric("bytes");
    for (double allocated : new double[] {0, 16}) {
      Map<Metric, Figure> figures =
          Map.of(
              Workload.W7.metric("p50"),
              new Figure(5, 5, 5),
              Workload.W7.metric("p99"),
              new Figure(6, 6, 6),
              bytesAllocated,
              new Figure(allocated, allocated, allocated));
      table.rows(
          new Standing(
              Workload.W7, 1, List.of(new Place("Cajal", "Cajal", figures, Optional.empty()))));
    }
    List<String> lines = text().lines().filter(line -> line.contains("allocated")).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).endsWith("= 0     met");
    assertThat(lines.getLast()).endsWith("= 0  missed");
  }

  private static Place place(String name, String title, double samples, double memory) {
    return new Place(
        name,
        title,
        Map.of(
            SAMPLES,
            new Figure(samples, samples - 1, samples + 1),
            Metric.MEMORY,
            new Figure(memory, memory, memory)),
        Optional.empty());
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
