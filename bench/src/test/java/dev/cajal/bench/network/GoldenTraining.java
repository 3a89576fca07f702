package dev.cajal.bench.network;

import dev.cajal.json.At;
import dev.cajal.json.Json;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What PyTorch computed for a small network: see {@code golden/make_golden.py}. */
record GoldenTraining(At fields) {

  static GoldenTraining of(String name) {
    try (InputStream stream = GoldenTraining.class.getResourceAsStream("/golden/training.json")) {
      byte[] bytes = Objects.requireNonNull(stream).readAllBytes();
      At top = At.top(Json.parse(new String(bytes, StandardCharsets.UTF_8)));
      return top.get("cases").list(GoldenTraining::new).stream()
          .filter(each -> each.fields.get("name").asString().equals(name))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives parameters, in PyTorch's order, its numbers. */
  void fill(List<Parameter> parameters) {
    List<Array> numbers = arrays("parameters");
    for (int i = 0; i < numbers.size(); i++) {
      Array array = numbers.get(i);
      parameters.get(i).set(array.as(DType.F32, array.shape()));
    }
  }

  double loss() {
    return fields.get("loss").asDouble();
  }

  Array array(String name, DType dtype) {
    Array array = array(fields.get(name));
    return array.as(dtype, array.shape());
  }

  List<Array> arrays(String name) {
    return fields.get(name).list(GoldenTraining::array);
  }

  private static Array array(At at) {
    int[] shape = at.get("shape").list(At::asInt).stream().mapToInt(Integer::intValue).toArray();
    double[] values =
        at.get("values").list(At::asDouble).stream().mapToDouble(Double::doubleValue).toArray();
    return Array.wrap(values, Shape.of(shape));
  }
}
