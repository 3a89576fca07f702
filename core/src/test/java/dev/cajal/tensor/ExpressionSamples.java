package dev.cajal.tensor;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.reference.Evaluation;
import dev.cajal.engine.reference.Reference;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Expressions that together have every operation and all that a file has to keep. */
final class ExpressionSamples {
  private ExpressionSamples() {}

  static Map<String, Map<String, Tensor>> all() {
    Map<String, Map<String, Tensor>> samples = new TreeMap<>();
    samples.put("classifier", classifier());
    samples.put("every function", everyFunction());
    samples.put("movement", movement());
    samples.put("windows", windows());
    samples.put("constants", constants());
    samples.put("random numbers", randomNumbers());
    samples.put("running statistics", runningStatistics());
    samples.put("recurrence", recurrence());
    samples.put("gradient of a recurrence", gradientOfRecurrence());
    samples.put("second derivative of a recurrence", secondDerivative());
    samples.put("nested recurrences", nested());
    samples.put("no outputs", Map.of());
    return samples;
  }

  static Parameter parameter(String name, int... sizes) {
    int count = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    var numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) Math.sin(1 + i + name.length());
    }
    return Parameter.of(name, Array.wrap(numbers, Shape.of((Object) sizes)));
  }

  static Map<String, Tensor> classifier() {
    Tensor x = Tensor.input("x", "batch", 4);
    Tensor labels = Tensor.input("labels", DType.I32, "batch");
    Parameter w = parameter("output.weight", 3, 4);
    Parameter b = parameter("output.bias", 3);
    Tensor logits = x.matmul(w.value().transpose()).plus(b.value()).named("logits");
    Tensor loss =
        logits.logSoftmax(-1).times(labels.oneHot(3)).sum(-1).mean().negated().named("loss");
    List<Tensor> gradients = Gradient.of(loss, w.value(), b.value(), x);
    return Map.of(
        "class", logits.argMax(-1),
        "loss", loss,
        "weight", gradients.get(0),
        "bias", gradients.get(1),
        "x \"quoted\" ü\n", gradients.get(2),
        "the parameter itself", w.value());
  }

  private static Map<String, Tensor> everyFunction() {
    Tensor x = Tensor.input("x", 5);
    Tensor y = Tensor.input("y", 5);
    Map<String, Tensor> outputs = new HashMap<>();
    for (Unary f : Unary.values()) {
      Tensor in = f == Unary.NOT ? x.lessThan(y) : x;
      outputs.put("unary " + f, Tensor.of(new Op.Map1(f), in));
    }
    for (Binary f : Binary.values()) {
      Tensor in = f.isLogical() ? x.lessThan(y) : x;
      outputs.put("binary " + f, Tensor.of(new Op.Map2(f), in, f.isLogical() ? y.equalTo(x) : y));
    }
    for (Comparison relation : Comparison.values()) {
      outputs.put("relation " + relation, Tensor.of(new Op.Compare(relation), x, y));
    }
    for (DType dtype : DType.values()) {
      outputs.put("cast " + dtype, x.cast(dtype));
    }
    outputs.put("select", Tensor.where(x.lessThan(y), x, y));
    outputs.put("max", x.max());
    outputs.put("training", Tensor.training());
    return outputs;
  }

  private static Map<String, Tensor> movement() {
    Tensor x = Tensor.input("x", "batch", "time", 4);
    Tensor index = Tensor.input("index", DType.I32, "time");
    Tensor moved =
        Tensor.concat(1, x.flip(1), x.flip(0, 2))
            .reshape("2*batch*time", 4)
            .slice(1, 1, 4, 2)
            .pad(1, 1, 0);
    Tensor loss = moved.square().sum().plus(x.gather(2, index).square().sum());
    return Map.of(
        "moved", moved.named("moved"),
        "gradient", Gradient.of(loss, x),
        "transposed", x.transpose(2, 0, 1),
        "size", Tensor.sizeOf(Size.parse("3*batch*time")));
  }

  private static Map<String, Tensor> windows() {
    Tensor x = Tensor.input("x", "batch", 6, 6, 2);
    Tensor kernel = parameter("kernel", 3, 3, 1, 4).value();
    Window window = Window.of(3, 3).stride(1, 2).padding(1).dilation(1, 2);
    Tensor y = x.conv(kernel, window, 2).relu();
    Tensor loss = y.maxPool(Window.of(2, 2).stride(1)).square().sum();
    List<Tensor> gradients = Gradient.of(loss, x, kernel);
    return Map.of("y", y, "x gradient", gradients.getFirst(), "kernel", gradients.getLast());
  }

  private static Map<String, Tensor> constants() {
    float inf = Float.POSITIVE_INFINITY;
    return Map.of(
        "f32",
            Tensor.constant(
                Float.NaN, inf, -inf, -0f, 0f, 0.1f, Float.MIN_VALUE, Float.MAX_VALUE, 16777216f),
        "f64",
            Tensor.constant(
                Array.of(
                    new double[] {
                      Double.NaN, inf, -inf, -0.0, 0.1, Double.MIN_VALUE, -Double.MAX_VALUE, 1e23
                    },
                    2,
                    4)),
        "i32", Tensor.constant(Array.of(new int[] {Integer.MIN_VALUE, -1, Integer.MAX_VALUE})),
        "bool", Tensor.constant(Array.of(new boolean[] {true, false}, 1, 2)),
        "scalar", Tensor.scalar(DType.F64, 1.0 / 3),
        "empty", Tensor.constant(Array.of(new float[0], 0, 3)));
  }

  private static Map<String, Tensor> randomNumbers() {
    Tensor x = Tensor.input("x", "batch", 3);
    return Map.of(
        "dropout", x.dropout(0.5, -9_000_000_000_000_000_000L),
        "normal", Tensor.normal(3, "batch", 2).named("noise"),
        "iota", Tensor.iota(Shape.of("batch", 2), 0));
  }

  private static Map<String, Tensor> runningStatistics() {
    Tensor x = Tensor.input("x", "batch", 3).named("x under another name");
    Parameter mean = parameter("mean", 3);
    Parameter written = parameter("only written", 3);
    Tensor now = x.mean(0);
    Tensor out = x.minus(now.stopGradient()).assigning(mean, mean.value().times(0.9).plus(now));
    return Map.of("out", out.assigning(written, now), "gradient", Gradient.of(out.sum(), x));
  }

  private static Tensor elman(Tensor xs, Tensor u) {
    Tensor w = parameter("w", 3, 2).value();
    return Recurrence.over(xs)
        .states(
            Tensor.zeros("batch", 2).named("h"),
            (h, x) -> x.matmul(w).plus(h.matmul(u)).tanh().named("state"));
  }

  static Map<String, Tensor> recurrence() {
    Tensor xs = Tensor.input("xs", "time", "batch", 3);
    Recurrence.Result backward =
        Recurrence.over(xs, xs.flip(0))
            .backward()
            .run(
                List.of(Tensor.zeros("batch", 3), Tensor.scalar(DType.I32, 0)),
                (carries, slices) ->
                    new Recurrence.Step(
                        List.of(
                            carries.getFirst().plus(slices.getFirst()), carries.getLast().plus(1)),
                        List.of(slices.getLast().times(carries.getFirst()))));
    return Map.of(
        "states", elman(xs, parameter("u", 2, 2).value()).named("states"),
        "last", backward.last().getFirst(),
        "count", backward.last().getLast(),
        "products", backward.outputs().getFirst());
  }

  private static Map<String, Tensor> gradientOfRecurrence() {
    Tensor xs = Tensor.input("xs", "time", "batch", 3);
    Tensor u = parameter("u", 2, 2).value();
    Tensor loss = elman(xs, u).square().mean();
    return Map.of("loss", loss, "u", Gradient.of(loss, u), "xs", Gradient.of(loss, xs));
  }

  private static Map<String, Tensor> secondDerivative() {
    Tensor xs = Tensor.input("xs", "time", "batch", 3);
    Tensor u = parameter("u", 2, 2).value();
    Tensor slope = Gradient.of(elman(xs, u).square().mean(), u);
    return Map.of("slope", slope, "curvature", Gradient.of(slope.square().sum(), u));
  }

  /** A loop over time, in each step of which another one runs along the slice. */
  static Map<String, Tensor> nested() {
    Tensor xs = Tensor.input("xs", "time", 4, 2);
    Tensor u = parameter("u", 2).value();
    Tensor states =
        Recurrence.over(xs)
            .states(
                Tensor.zeros(2),
                (h, x) ->
                    Recurrence.over(x)
                        .states(h, (inner, slice) -> inner.times(u).plus(slice).tanh())
                        .mean(0));
    Tensor loss = states.square().sum();
    return Map.of("states", states, "u", Gradient.of(loss, u), "xs", Gradient.of(loss, xs));
  }

  /**
   * The outputs' values and what is assigned, where inputs have numbers that follow from their
   * names.
   */
  static Map<String, Array> values(Map<String, Tensor> outputs) {
    Map<String, Long> sizes = Map.of("batch", 2L, "time", 3L);
    Bindings bindings = new Bindings(Map.of(), sizes, 7, true);
    for (Tensor input : Graph.of(outputs.values()).inputs()) {
      Shape shape = input.shape().bind(sizes);
      var numbers = new double[(int) shape.elements().number()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = input.dtype() == DType.I32 ? i % 3 : Math.cos(i + name(input).length());
      }
      bindings = bindings.with(input, Array.of(numbers).as(input.dtype(), shape));
    }
    Evaluation run = Reference.run(outputs.values(), bindings);
    Map<String, Array> values = new TreeMap<>();
    outputs.forEach((name, output) -> values.put(name, run.value(output)));
    run.assignments().forEach((parameter, value) -> values.put(":= " + parameter, value));
    return values;
  }

  private static String name(Tensor input) {
    return ((Op.Input) input.op()).name();
  }

  /**
   * The parameters of an expression by name, those in the bodies of loops and assigned ones too.
   */
  static Map<String, Parameter> parameters(Map<String, Tensor> outputs) {
    Map<String, Parameter> parameters = new TreeMap<>();
    for (Tensor node : nodes(outputs)) {
      switch (node.op()) {
        case Op.Param(var parameter) -> parameters.put(parameter.label(), parameter);
        case Op.Assign(var parameter) -> parameters.put(parameter.label(), parameter);
        default -> {}
      }
    }
    return parameters;
  }

  /** All nodes, those in the bodies of loops too. */
  static Set<Tensor> nodes(Map<String, Tensor> outputs) {
    Set<Tensor> nodes = new HashSet<>();
    var open = new ArrayDeque<Tensor>(outputs.values());
    while (!open.isEmpty()) {
      Tensor node = open.pop();
      if (nodes.add(node)) {
        open.addAll(node.inputs());
        switch (node.op()) {
          case Op.Scan(var body) -> open.addAll(body.next());
          case Op.Each(var inner) -> open.add(inner);
          default -> {}
        }
      }
    }
    return nodes;
  }
}
