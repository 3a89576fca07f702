package dev.cajal.train;

import dev.cajal.files.Conditions;
import dev.cajal.optim.Schedule;
import dev.cajal.tensor.ExpressionFile;
import dev.cajal.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.CRC32C;

/** What a run depends on besides how far it has come. */
final class RunConditions {
  /** Up to here a schedule is asked about each step. */
  private static final long EACH = 100_000;

  /** Nor is it asked beyond this. */
  private static final long LAST = 10_000_000;

  private RunConditions() {}

  static Conditions of(
      Trainer settings, Programs programs, Samples training, Optional<Samples> validation) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    programs
        .parameters()
        .forEach((path, parameter) ->
            values.put("parameter " + path, parameter.dtype() + " " + parameter.shape()));
    values.put("network", checksum(Map.of("output", programs.output())));
    values.put("loss", checksum(Map.of("loss", programs.loss())));
    values.put("optimizer", checksum(programs.updates()));
    values.put("batch", "" + settings.batch());
    values.put("accumulation", "" + settings.accumulated());
    values.put("schedule", Conditions.checksum(paces(settings.schedule())));
    values.put("plateau", settings.plateau().toString());
    values.put(
        "metrics", String.join(", ", settings.metrics().stream().map(Metric::name).toList()));
    values.put("best", settings.judge().map(Metric::name).orElse("loss"));
    values.put("seed", "" + settings.seed());
    values.put("training data", Conditions.checksum(training.checksum()));
    validation.ifPresent(
        samples -> values.put("validation data", Conditions.checksum(samples.checksum())));
    return new Conditions(values);
  }

  /** A schedule is known by what it says: of each step, and later on here and there. */
  private static long paces(Schedule schedule) {
    long sum = 0;
    for (long step = 0; step < LAST; step += step < EACH ? 1 : step / 100) {
      try {
        sum = 31 * sum + Float.floatToIntBits((float) schedule.at(step));
      } catch (RuntimeException e) {
        // It is not for so many steps, which the run need not have.
        return sum;
      }
    }
    return sum;
  }

  private static String checksum(Map<String, Tensor> expressions) {
    var crc = new CRC32C();
    crc.update(ExpressionFile.write(expressions).getBytes(StandardCharsets.UTF_8));
    return Conditions.checksum(crc.getValue());
  }
}
