package dev.cajal.nn;

import dev.cajal.engine.Program;
import dev.cajal.json.Json;
import dev.cajal.json.JsonObject;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * A network as plain data: its expression, its parameters, and what is known about it. It is kept
 * in a folder, from which it can be run, looked at and trained further without the classes that it
 * was made of.
 *
 * <pre>{@code
 * SavedModel.of(model, 28, 28, 1).write(folder);
 *
 * SavedModel saved = SavedModel.read(folder);           // in another program
 * Array scores = saved.predict(images);
 * Trainer.of(saved, Losses.crossEntropy()).fit(more);
 * }</pre>
 *
 * <p>The folder has {@code model.json}, the expression, and {@code model.safetensors}, the numbers
 * of the parameters. Neither can hold anything that runs.
 */
public final class SavedModel implements Layer {
  /** Inputs go through in parts of so many rows. */
  private static final int ROWS = 256;

  private final SequencedMap<String, Tensor> outputs;
  private final SequencedMap<String, Parameter> parameters;
  private final JsonObject about;
  private final Program program;

  SavedModel(
      Map<String, Tensor> outputs, SequencedMap<String, Parameter> parameters, JsonObject about) {
    this.outputs = new LinkedHashMap<>(outputs);
    this.parameters = new LinkedHashMap<>(parameters);
    this.about = about;
    this.program = Program.of(List.copyOf(this.outputs.values()));
  }

  // Making.

  /** Of a model whose input is of these sizes for each sample. */
  public static SavedModel of(Layer model, Object... sample) {
    return of(model, DType.F32, sample);
  }

  /** Of a model whose input is of another dtype, such as the i32 of tokens. */
  public static SavedModel of(Layer model, DType dtype, Object... sample) {
    Shape shape = Shape.of("batch").then(Shape.of(sample));
    Parameters.of(model);
    Tensor x = Tensor.input("x", dtype, shape.sizes().toArray());
    return of(Map.of("y", model.apply(x)));
  }

  /** Of some outputs by name, and all that they are computed from, whose parameters have names. */
  public static SavedModel of(Map<String, Tensor> outputs) {
    Graph graph = Graph.of(outputs.values());
    graph.requireDistinctInputs();
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    for (Parameter parameter : graph.parameters()) {
      String name =
          parameter
              .name()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "a parameter %s without a name can't be saved: Parameters.of(model) names them"
                          .formatted(parameter.shape())));
      Parameter other = parameters.putIfAbsent(name, parameter);
      if (other != null) {
        throw new IllegalArgumentException("two parameters are called \"%s\"".formatted(name));
      }
    }
    return new SavedModel(outputs, parameters, JsonObject.empty());
  }

  /** The same, about which something else is known: class names, how it was made. */
  public SavedModel with(String name, Json value) {
    return new SavedModel(outputs, parameters, about.with(name, value));
  }

  // Looking.

  /** The outputs by name: expressions, to print, differentiate or compile. */
  public SequencedMap<String, Tensor> outputs() {
    return Collections.unmodifiableSequencedMap(outputs);
  }

  /** The inputs of the expression by name. */
  public SequencedMap<String, Tensor> inputs() {
    SequencedMap<String, Tensor> inputs = new LinkedHashMap<>();
    for (Tensor node : Graph.of(outputs.values()).inputs()) {
      inputs.put(((Op.Input) node.op()).name(), node);
    }
    return inputs;
  }

  /** The parameters by the names that they had when they were saved. */
  public SequencedMap<String, Parameter> parameters() {
    return Collections.unmodifiableSequencedMap(parameters);
  }

  /** What else is known. */
  public JsonObject about() {
    return about;
  }

  // Running.

  /** All outputs for some inputs. */
  public SequencedMap<String, Array> run(Map<String, Array> inputs) {
    List<Array> values = program.run(inputs);
    SequencedMap<String, Array> byName = new LinkedHashMap<>();
    outputs.sequencedKeySet().forEach(name -> byName.put(name, values.get(byName.size())));
    return byName;
  }

  /** The output of a model that has one, for rows of its input, of which it has one too. */
  public Array predict(Array rows) {
    String input = only("input", inputs()).getKey();
    only("output", outputs);
    int count = rows.rowCount();
    if (count <= ROWS) {
      return program.run(Map.of(input, rows)).getFirst();
    }
    var parts = new ArrayList<Array>();
    for (int from = 0; from < count; from += ROWS) {
      int[] some = IntStream.range(from, Math.min(count, from + ROWS)).toArray();
      parts.add(program.run(Map.of(input, rows.rows(some))).getFirst());
    }
    return Array.join(parts);
  }

  /** As a part of another network, or of training. */
  @Override
  public Tensor apply(Tensor x) {
    Tensor input = only("input", inputs()).getValue();
    Tensor output = only("output", outputs).getValue();
    return Graph.replace(List.of(output), Map.of(input, x)).getFirst();
  }

  private static Map.Entry<String, Tensor> only(String what, SequencedMap<String, Tensor> all) {
    if (all.size() != 1) {
      throw new IllegalArgumentException(
          "the model has %d %ss (%s), not one: see run"
              .formatted(all.size(), what, String.join(", ", all.keySet())));
    }
    return all.firstEntry();
  }

  // Files.

  /** Writes it into a folder, which is made if it isn't there. */
  public void write(Path folder) {
    ModelFolder.write(this, folder);
  }

  /**
   * Reads one from a folder.
   *
   * @throws dev.cajal.DamagedFileException if a file is not whole, or they are not of one model
   * @throws dev.cajal.CajalException if one can't be read
   */
  public static SavedModel read(Path folder) {
    return ModelFolder.read(folder);
  }

  /** The formulas. */
  @Override
  public String toString() {
    return Graph.of(outputs.values()).toString();
  }
}
