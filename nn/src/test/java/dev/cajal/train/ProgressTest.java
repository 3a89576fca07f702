package dev.cajal.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
  private long now;

  private String written() {
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Event.Epoch epoch(int number, double loss, boolean isBest) {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", 0.5);
    return new Event.Epoch(
        number, 10L * number, loss, OptionalDouble.of(loss + 0.25), metrics, isBest, 2);
  }

  /** Ten epochs of ten steps with 100 samples, each in two seconds. */
  private void tell(Progress progress) {
    progress.accept(new Event.Began(100, 1234, 10, 100, OptionalLong.empty(), List.of()));
    for (int number = 1; number <= 10; number++) {
      for (int step = 1; step <= 10; step++) {
        now += 200_000_000;
        progress.accept(new Event.Step(10 * number - 10 + step, number, 10 * step, 0.5, 1));
      }
      progress.accept(epoch(number, 1.0 / number, number < 8));
    }
    progress.accept(new Event.Ended(7, Ending.DONE, Optional.empty()));
  }

  @Test
  void linesStayWhereThereIsNoTerminal() {
    tell(Progress.lines(out).by(() -> now));
    assertThat(written().lines().toList())
        .hasSize(16)
        .startsWith(
            "100 samples, 1,234 numbers to learn",
            "epoch  1/10  20%  loss 0.5000  50 samples/s",
            "epoch  1/10  70%  loss 0.5000  0:19 left  50 samples/s",
            "epoch  1/10  loss 1.000  validation 1.250*  accuracy 0.5000  0:18 left  50 samples/s")
        .endsWith(
            "epoch 10/10  loss 0.1000  validation 0.3500  accuracy 0.5000  50 samples/s",
            "done in 0:20; best is epoch 7, loss 0.1429, validation 0.3929, accuracy 0.5000");
    assertThat(written()).doesNotContain("\r", "\033");
  }

  @Test
  void linesThatStayAreFew() {
    Progress progress = Progress.lines(out).by(() -> now);
    progress.accept(new Event.Began(100, 1, 1000, 10_000, OptionalLong.empty(), List.of()));
    for (int number = 1; number <= 1000; number++) {
      now += 10_000_000;
      progress.accept(epoch(number, 1, false));
    }
    // The first epoch's, then a second apart, and the last epoch's.
    assertThat(written().lines().filter(line -> line.startsWith("epoch"))).hasSize(11);
  }

  @Test
  void aLineIsRenewedOnATerminalAndNeverWiderThanIt() {
    for (int columns : new int[] {60, 80, 200}) {
      bytes.reset();
      tell(Progress.live(out, columns).by(() -> now));
      List<String> drawn = Arrays.asList(written().split("[\r\n]|\033\\[K"));
      assertThat(drawn).allMatch(line -> line.length() < columns);
      assertThat(drawn)
          .anyMatch(line -> line.contains("epoch  2/10") && line.contains("loss 0.5000"));
      assertThat(written().split("\r\033\\[Kepoch", -1)).hasSize(11);
    }
  }

  @Test
  void anOutputWithoutLinesHasABarOfSigns() {
    var plain = new PrintStream(bytes, false, Charset.forName("US-ASCII"));
    tell(Progress.live(plain, 80).by(() -> now));
    plain.flush();
    assertThat(bytes.toString(StandardCharsets.US_ASCII)).contains("##########----------");
  }

  @Test
  void whatIsStoppedSaysHowToGoOn() {
    Progress progress = Progress.lines(out).by(() -> now).resumedBy("cajal resume runs/x");
    progress.accept(new Event.Began(100, 1, 10, 100, OptionalLong.of(55), List.of()));
    progress.accept(new Event.Damaged(Path.of("a"), "its checksum is 1"));
    progress.accept(new Event.Ended(0, Ending.STOPPED, Optional.of(Path.of("runs", "x"))));
    assertThat(written().lines())
        .containsExactly(
            "100 samples, 1 numbers to learn; goes on after step 55",
            "a is damaged (its checksum is 1): the one before it is taken",
            "stopped after 0 whole epochs, in 0.0 s",
            "all is kept in runs/x",
            "go on with: cajal resume runs/x");
  }
}
