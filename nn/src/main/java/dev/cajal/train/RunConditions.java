package dev.cajal.train;

import dev.cajal.files.Conditions;
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
    values.put("seed", "" + settings.seed());
    values.put("training data", Conditions.checksum(training.checksum()));
    validation.ifPresent(
        samples -> values.put("validation data", Conditions.checksum(samples.checksum())));
    return new Conditions(values);
  }

  private static String checksum(Map<String, Tensor> expressions) {
    var crc = new CRC32C();
    crc.update(ExpressionFile.write(expressions).getBytes(StandardCharsets.UTF_8));
    return Conditions.checksum(crc.getValue());
  }
}
