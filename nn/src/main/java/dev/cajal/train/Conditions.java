package dev.cajal.train;

import dev.cajal.CajalException;
import dev.cajal.json.At;
import dev.cajal.json.Json;
import dev.cajal.json.JsonObject;
import dev.cajal.json.JsonString;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.ExpressionFile;
import dev.cajal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a run depends on besides how far it has come, by name: under others it would not be the same
 * run that goes on. Of long things, such as the samples, the checksum.
 */
record Conditions(SequencedMap<String, String> values) {
  private static final String CHECKSUM = "checksum ";

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
    values.put("training data", checksum(training));
    validation.ifPresent(samples -> values.put("validation data", checksum(samples)));
    return new Conditions(values);
  }

  private static String checksum(Map<String, Tensor> expressions) {
    var crc = new CRC32C();
    crc.update(ExpressionFile.write(expressions).getBytes(StandardCharsets.UTF_8));
    return CHECKSUM + Long.toHexString(crc.getValue());
  }

  private static String checksum(Samples samples) {
    var crc = new CRC32C();
    add(samples.x(), crc);
    add(samples.y(), crc);
    samples.weight().ifPresent(weight -> add(weight, crc));
    return CHECKSUM + Long.toHexString(crc.getValue());
  }

  private static void add(Array array, CRC32C crc) {
    crc.update((array.dtype() + " " + array.shape()).getBytes(StandardCharsets.UTF_8));
    ByteBuffer number = ByteBuffer.allocate(Double.BYTES);
    for (int i = 0; i < array.length(); i++) {
      crc.update(number.putDouble(0, array.at(i)).rewind());
    }
  }

  JsonObject toJson() {
    Map<String, Json> members = new LinkedHashMap<>();
    values.forEach((name, value) -> members.put(name, new JsonString(value)));
    return new JsonObject(members);
  }

  static Conditions of(At at) {
    return new Conditions(new LinkedHashMap<>(at.map(At::asString)));
  }

  /** Refuses to go on under these with what began under others, saying what differs first. */
  void requireLike(Conditions others) {
    Map<String, String> theirs = new LinkedHashMap<>(others.values);
    values.forEach((name, mine) -> {
      String its = theirs.remove(name);
      if (!mine.equals(its)) {
        throw new CajalException("its %s %s".formatted(name, difference(its, mine)));
      }
    });
    theirs.keySet().stream()
        .findFirst()
        .ifPresent(name -> {
          throw new CajalException("it had %s, and now there is none".formatted(name));
        });
  }

  private static String difference(@Nullable String was, String is) {
    if (was == null) {
      return "is new";
    }
    return was.startsWith(CHECKSUM) ? "is another" : "was %s, and is %s".formatted(was, is);
  }
}
