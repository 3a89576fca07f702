package dev.cajal.train;

import dev.cajal.DamagedFileException;
import dev.cajal.files.Conditions;
import dev.cajal.files.TensorFile;
import dev.cajal.json.At;
import dev.cajal.json.Json;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A run at one moment: all that it takes to go on as if it had never ended.
 *
 * @param conditions under which it began, and goes on
 * @param parameters the model's, by path
 * @param kept what the optimizers keep, by name
 * @param best the parameters of the best epoch, or none
 */
record Checkpoint(
    Conditions conditions,
    Standing standing,
    SequencedMap<String, Array> parameters,
    SequencedMap<String, Array> kept,
    SequencedMap<String, Array> best) {
  private static final String PARAMETERS = "parameters/";
  private static final String KEPT = "optimizer/";
  private static final String BEST = "best/";
  private static final String CONDITIONS = "conditions";
  private static final String STANDING = "standing";

  /** The arrays that parameters have now: not copied. */
  static SequencedMap<String, Array> arrays(Map<String, Parameter> parameters) {
    SequencedMap<String, Array> arrays = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> arrays.put(name, parameter.array()));
    return arrays;
  }

  void write(Path file) {
    Map<String, Array> all = new LinkedHashMap<>();
    parameters.forEach((name, array) -> all.put(PARAMETERS + name, array));
    kept.forEach((name, array) -> all.put(KEPT + name, array));
    best.forEach((name, array) -> all.put(BEST + name, array));
    Map<String, String> said = new LinkedHashMap<>();
    said.put(CONDITIONS, conditions.toJson().write());
    said.put(STANDING, standing.toJson().write());
    TensorFile.write(file, all, said);
  }

  /**
   * Reads one.
   *
   * @throws DamagedFileException if it is not whole, to the bit
   */
  static Checkpoint read(Path path) {
    TensorFile file = TensorFile.read(path);
    if (file.checksum().isEmpty()) {
      throw new DamagedFileException(path.toString(), "it has no checksum");
    }
    try {
      return new Checkpoint(
          Conditions.of(At.top(Json.parse(said(file, CONDITIONS)))),
          Standing.of(At.top(Json.parse(said(file, STANDING)))),
          under(PARAMETERS, file),
          under(KEPT, file),
          under(BEST, file));
    } catch (DamagedFileException e) {
      throw e.in(path.toString());
    }
  }

  private static String said(TensorFile file, String name) {
    String text = file.metadata().get(name);
    if (text == null) {
      throw new DamagedFileException("header", "no checkpoint: there is no \"%s\"".formatted(name));
    }
    return text;
  }

  private static SequencedMap<String, Array> under(String prefix, TensorFile file) {
    SequencedMap<String, Array> arrays = new LinkedHashMap<>();
    file.arrays()
        .forEach((name, array) -> {
          if (name.startsWith(prefix)) {
            arrays.put(name.substring(prefix.length()), array);
          }
        });
    return arrays;
  }

  /** Gives parameters the numbers that were saved of them; they are the same ones. */
  static void restore(Map<String, Parameter> parameters, Map<String, Array> saved) {
    parameters.forEach((name, parameter) -> {
      Array array = saved.get(name);
      if (array == null) {
        throw new DamagedFileException("arrays", "there is none of " + name);
      }
      parameter.set(array);
    });
  }
}
