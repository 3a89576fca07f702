package dev.cajal.train;

import static java.util.stream.Collectors.joining;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.Program;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Loss;
import dev.cajal.nn.Parameters;
import dev.cajal.optim.Learner;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A model and its loss as programs: one that learns from a batch, one that judges it. */
final class Compiled {
  /** Samples that are only looked at go through in batches of this many. */
  private static final int BATCH = 256;

  private final Loss loss;
  private final Tensor x;
  private final Tensor y;
  private final Tensor output;
  private final List<Parameter> parameters;
  private final Set<Parameter> learned;
  private final Program.Call learning;
  private final Program.Call judging;
  private final Program.Call predicting;
  private final boolean isWeighted;

  Compiled(
      Layer model, Loss loss, Learner learner, Samples samples, long seed, OptionalInt threads) {
    this.loss = loss;
    this.isWeighted = samples.weight().isPresent();
    Parameters all = Parameters.of(model);
    all.byPath()
        .values()
        .forEach(parameter -> {
          if (!parameter.hasNumbers()) {
            parameter.initialise(seed);
          }
        });
    this.parameters = all.all();
    this.x = input("x", samples.x());
    this.y = input("y", samples.y());
    Optional<Tensor> weight = samples.weight().map(w -> input("weight", w));
    this.output = model.apply(x);
    Tensor mean =
        weight
            .map(w -> loss.mean(output, y, w))
            .orElseGet(() -> loss.mean(output, y))
            .named("loss");
    Tensor weights = loss.weights(output, y);
    Tensor counts = weight.map(weights::times).orElse(weights).sum();
    this.learned = learned(mean, all, learner);
    Map<Parameter, Tensor> gradients = new LinkedHashMap<>();
    List<Parameter> order = List.copyOf(learned);
    List<Tensor> found = Gradient.of(mean, order.stream().map(Parameter::value).toList());
    for (int i = 0; i < order.size(); i++) {
      gradients.put(order.get(i), found.get(i));
    }
    Tensor pace = Tensor.input("pace");
    Learner.Step step = learner.step(gradients, pace);
    // The pace is an output so that it is an input even if nothing is learned.
    learning =
        on(threads, Program.of(mean, counts, pace).updating(step.updates()).training(true)).call();
    judging = on(threads, Program.of(mean, counts)).call();
    predicting = on(threads, Program.of(output)).call();
  }

  private static Program on(OptionalInt threads, Program program) {
    return threads.isPresent() ? program.threads(threads.getAsInt()) : program;
  }

  private static Tensor input(String name, Array samples) {
    var sizes = new ArrayList<Object>(samples.shape().sizes());
    sizes.set(0, Size.symbol("batch"));
    return Tensor.input(
        name, samples.dtype() == DType.F64 ? DType.F32 : samples.dtype(), sizes.toArray());
  }

  /** The parameters that the loss depends on, but for running statistics and frozen ones. */
  private static Set<Parameter> learned(Tensor loss, Parameters all, Learner learner) {
    Graph graph = Graph.of(loss);
    Set<Parameter> assigned = new LinkedHashSet<>();
    for (Tensor node : graph.nodes()) {
      if (node.op() instanceof Op.Assign(var parameter)) {
        assigned.add(parameter);
      }
    }
    Set<Parameter> learned = new LinkedHashSet<>();
    var strangers = new ArrayList<Parameter>();
    for (Parameter parameter : graph.parameters()) {
      Optional<String> path = all.path(parameter);
      if (path.isEmpty()) {
        strangers.add(parameter);
      } else if (!assigned.contains(parameter) && learner.trains(path.get())) {
        learned.add(parameter);
      }
    }
    if (!strangers.isEmpty()) {
      throw new IllegalArgumentException(
          "trainer: the model uses parameters that are not among its components: %s; make them components of a record"
              .formatted(strangers.stream().map(Parameter::toString).collect(joining(", "))));
    }
    if (learned.isEmpty()) {
      throw new IllegalArgumentException("trainer: there is no parameter to learn");
    }
    return learned;
  }

  /** All of the model's parameters, running statistics among them. */
  List<Parameter> parameters() {
    return parameters;
  }

  /** How many numbers are learned. */
  long learned() {
    return learned.stream().mapToLong(each -> each.array().length()).sum();
  }

  /** Refuses samples that the model or the loss can't take. */
  void require(String what, Samples samples) {
    if (samples.size() == 0) {
      throw new IllegalArgumentException("trainer: there are no %s samples".formatted(what));
    }
    requireLike(what + " inputs", samples.x(), x);
    requireLike(what + " targets", samples.y(), y);
    if (samples.weight().isPresent() != isWeighted) {
      throw new IllegalArgumentException(
          "trainer: %s samples %s weights".formatted(what, isWeighted ? "have no" : "have"));
    }
    try {
      loss.check(samples.y(), output.shape());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(what, e.getMessage()), e);
    }
  }

  private static void requireLike(String what, Array array, Tensor wanted) {
    Shape shape = wanted.shape();
    boolean fits =
        array.shape().rank() == shape.rank()
            && array.shape().part(1, shape.rank()).equals(shape.part(1, shape.rank()));
    if (!fits) {
      throw new IllegalArgumentException(
          "trainer: %s are %s, not %s".formatted(what, array.shape(), shape));
    }
  }

  /** A step; adds the loss before it. */
  void learn(Samples batch, double pace, long seed, Mean mean) {
    set(learning, batch).set("pace", Array.scalar(DType.F32, pace)).seed(seed).run();
    mean.add(learning.output(0).item(), learning.output(1).item());
  }

  /** The mean loss over samples. */
  double loss(Samples samples) {
    var mean = new Mean();
    for (int from = 0; from < samples.size(); from += BATCH) {
      set(judging, samples.part(from, Math.min(samples.size(), from + BATCH))).run();
      mean.add(judging.output(0).item(), judging.output(1).item());
    }
    return mean.value();
  }

  private static Program.Call set(Program.Call call, Samples samples) {
    call.set("x", samples.x()).set("y", samples.y());
    samples.weight().ifPresent(weight -> call.set("weight", weight));
    return call;
  }

  /** The outputs for some inputs. */
  Array predict(Array inputs) {
    requireLike("inputs", inputs, x);
    Samples all = Samples.of(inputs, inputs);
    var parts = new ArrayList<Array>();
    int count = 0;
    for (int from = 0; from < all.size(); from += BATCH) {
      predicting.set("x", all.part(from, Math.min(all.size(), from + BATCH)).x()).run();
      parts.add(predicting.output(0).copy());
      count += parts.getLast().length();
    }
    return joined(parts, all.size(), count);
  }

  private Array joined(List<Array> parts, int rows, int count) {
    Shape shape = Shape.of(rows).then(output.shape().part(1, output.rank()));
    if (parts.isEmpty()) {
      return Array.of(new float[0]).as(output.dtype(), shape);
    }
    Object data =
        java.lang.reflect.Array.newInstance(
            parts.getFirst().data().getClass().getComponentType(), count);
    int at = 0;
    for (Array part : parts) {
      System.arraycopy(part.data(), 0, data, at, part.length());
      at += part.length();
    }
    return Array.wrap(data, shape);
  }
}
