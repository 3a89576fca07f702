package dev.cajal.nn;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.files.TensorFile;
import dev.cajal.files.WholeFile;
import dev.cajal.json.At;
import dev.cajal.json.Json;
import dev.cajal.json.JsonObject;
import dev.cajal.json.JsonString;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.ExpressionFile;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.ParameterSource;
import dev.cajal.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32C;

/**
 * The files of a {@link SavedModel}. The weights are written first, and the expression knows their
 * checksum: two that do not belong together, as after a power cut in between, are refused.
 */
final class ModelFolder {
  private static final String FORMAT = "cajal-model";
  private static final int VERSION = 1;
  private static final String MODEL = "model.json";
  private static final String WEIGHTS = "model.safetensors";

  private ModelFolder() {}

  static void write(SavedModel model, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CajalException(
          "can't make the folder %s: %s".formatted(folder, WholeFile.why(e)), e);
    }
    // As part of another model, its parameters have been called otherwise.
    model.parameters().forEach((name, parameter) -> parameter.rename(name));
    SequencedMap<String, Array> numbers = new LinkedHashMap<>();
    model.parameters().forEach((name, parameter) -> numbers.put(name, parameter.array()));
    String weights = TensorFile.write(folder.resolve(WEIGHTS), numbers, Map.of("format", "cajal"));
    String expression = ExpressionFile.write(model.outputs());
    String text =
        """
        {
        "format": %s,
        "version": %s,
        "weights": %s,
        "checksum": %s,
        "about": %s,
        "expression": %s}
        """
            .formatted(
                new JsonString(FORMAT).write(),
                VERSION,
                new JsonString(weights).write(),
                new JsonString(checksum(Json.parse(expression))).write(),
                model.about().pretty(),
                expression);
    WholeFile.write(folder.resolve(MODEL), text);
  }

  private static String checksum(Json expression) {
    var crc = new CRC32C();
    crc.update(expression.write().getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  static SavedModel read(Path folder) {
    Path file = folder.resolve(MODEL);
    String text = text(folder, file);
    TensorFile weights = TensorFile.read(folder.resolve(WEIGHTS));
    try {
      return read(At.top(Json.parse(text)), weights);
    } catch (DamagedFileException e) {
      throw e.in(file.toString());
    }
  }

  private static String text(Path folder, Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new CajalException("there is no model in %s: no %s".formatted(folder, MODEL), e);
    } catch (IOException e) {
      throw new CajalException("can't read %s: %s".formatted(file, WholeFile.why(e)), e);
    }
  }

  private static SavedModel read(At at, TensorFile weights) {
    if (!at.get("format").asString().equals(FORMAT)) {
      throw at.get("format").damaged("expected \"%s\": this is another file".formatted(FORMAT));
    }
    if (at.get("version").asLong() != VERSION) {
      throw at.get("version").damaged("only version %d can be read here".formatted(VERSION));
    }
    at.only("format", "version", "weights", "checksum", "about", "expression");
    At expression = at.get("expression");
    if (!at.get("checksum").asString().equals(checksum(expression.value()))) {
      throw expression.damaged("its checksum is " + checksum(expression.value()));
    }
    String wanted = at.get("weights").asString();
    if (!wanted.equals(weights.checksum().orElse("none"))) {
      throw at.get("weights")
          .damaged("%s is of another model, or of another time".formatted(WEIGHTS));
    }
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    weights.arrays().forEach((name, array) -> parameters.put(name, Parameter.of(name, array)));
    Map<String, Tensor> outputs = ExpressionFile.read(expression, ParameterSource.of(parameters));
    if (!(at.get("about").value() instanceof JsonObject about)) {
      throw at.get("about").damaged("expected an object");
    }
    return new SavedModel(outputs, parameters, about);
  }
}
