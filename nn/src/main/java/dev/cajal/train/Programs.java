package dev.cajal.train;

import static java.util.stream.Collectors.joining;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.Program;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Loss;
import dev.cajal.nn.Parameters;
import dev.cajal.nn.SavedModel;
import dev.cajal.optim.Learner;
import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A model and its loss as programs: one that learns from a batch, one that judges it. */
final class Programs {
  /** Samples that are only looked at go through in batches of no more than this. */
  private static final int BATCH = 256;

  /** Inputs and outputs of such a batch are no more numbers than this. */
  private static final double NUMBERS = 1 << 20;

  private final Loss loss;
  private final Parameters parameters;
  private final Set<Parameter> learned;
  private final List<Parameter> changing;
  private final int batch;

  private final Tensor x;
  private final Tensor y;
  private final Optional<Tensor> weight;
  private final Tensor output;
  private final Tensor mean;
  private final Map<Parameter, Tensor> gradients;
  private final Learner.Step step;

  /** Where a step learns from several batches: adds up the gradients of one. */
  private final Optional<Program.Call> adding;

  private final Program.Call stepping;
  private final Program.Call judging;
  private final Program.Call scoring;
  private final Program.Call predicting;

  Programs(Layer model, Samples samples, Trainer settings) {
    this.loss = settings.loss();
    this.parameters = Parameters.of(model);
    Batch like = samples.part(0, Math.min(1, samples.size()));
    this.x = Tensor.input("x", dtype(like.x()), shape(model, like).sizes().toArray());
    this.y = input("y", like.y(), like.x());
    this.weight = like.weight().map(w -> input("weight", w, like.x()));
    Predicate<Parameter> frozen = it -> isFrozen(it, settings.learner());
    this.output = Graph.withoutAssigning(List.of(model.apply(x)), frozen).getFirst();
    this.mean =
        weight
            .map(w -> loss.mean(output, y, w))
            .orElseGet(() -> loss.mean(output, y))
            .named("loss");
    Tensor counts =
        weight.map(w -> loss.weights(output, y, w)).orElseGet(() -> loss.weights(output, y)).sum();
    this.learned = learned(mean, parameters, settings.learner());
    this.gradients = gradients(mean, List.copyOf(learned));
    // The pace is an output so that it is an input even if nothing is learned.
    Tensor pace = Tensor.input("pace");
    OptionalInt threads = settings.threads();
    Program looking = on(threads, Program.of(mean, counts));
    if (settings.accumulated() > 1) {
      var sums = new GradientSums(gradients, counts);
      this.step = settings.learner().step(sums.means(), pace);
      this.adding = Optional.of(looking.updating(sums.added()).training(true).call());
      Program applying = Program.of(pace).updating(step.updates()).updating(sums.cleared());
      this.stepping = on(threads, applying).call();
    } else {
      this.step = settings.learner().step(gradients, pace);
      this.adding = Optional.empty();
      Program learning = Program.of(mean, counts, pace).updating(step.updates()).training(true);
      this.stepping = on(threads, learning).call();
    }
    this.judging = looking.call();
    this.scoring = on(threads, Program.of(mean, counts, output)).call();
    this.predicting = on(threads, Program.of(output)).call();
    this.batch = lookedAt(settings.batch());
    this.changing =
        Stream.of(learned, Graph.of(mean).assignments().keySet(), step.kept().values())
            .flatMap(Collection::stream)
            .toList();
  }

  private boolean isFrozen(Parameter parameter, Learner learner) {
    return !parameters.path(parameter).map(learner::trains).orElse(true);
  }

  /** As many samples as are learned from at a time, or more where that takes little memory. */
  private int lookedAt(int learnedFrom) {
    double numbers = perSample(x) + perSample(output);
    return (int) Math.max(learnedFrom, Math.min(BATCH, NUMBERS / numbers));
  }

  private static double perSample(Tensor tensor) {
    return tensor.shape().part(1, tensor.rank()).sizes().stream()
        .mapToDouble(Size::factor)
        .reduce(1, (a, b) -> a * b);
  }

  private static Map<Parameter, Tensor> gradients(Tensor loss, List<Parameter> learned) {
    List<Tensor> found = Gradient.of(loss, learned.stream().map(Parameter::value).toList());
    Map<Parameter, Tensor> gradients = new LinkedHashMap<>();
    for (int i = 0; i < found.size(); i++) {
      gradients.put(learned.get(i), found.get(i));
    }
    return gradients;
  }

  private static Program on(OptionalInt threads, Program program) {
    return threads.isPresent() ? program.threads(threads.getAsInt()) : program;
  }

  /** Any number of samples; of a model that was saved, whatever else it leaves open. */
  private static Shape shape(Layer model, Batch samples) {
    if (model instanceof SavedModel saved && saved.inputs().size() == 1) {
      return saved.inputs().firstEntry().getValue().shape();
    }
    return samples.x().shape().with(0, Size.symbol("batch"));
  }

  /** What goes with x: as long as that along axes where that is open. */
  private Tensor input(String name, Array samples, Array inputs) {
    var sizes = new ArrayList<Object>(samples.shape().sizes());
    for (int i = 0; i < Math.min(sizes.size(), x.rank()); i++) {
      if (samples.shape().size(i).equals(inputs.shape().size(i))) {
        sizes.set(i, x.shape().size(i));
      }
    }
    return Tensor.input(name, dtype(samples), sizes.toArray());
  }

  private static DType dtype(Array samples) {
    return samples.dtype() == DType.F64 ? DType.F32 : samples.dtype();
  }

  /** The parameters that the loss depends on, but for running statistics and frozen ones. */
  private static Set<Parameter> learned(Tensor loss, Parameters all, Learner learner) {
    Graph graph = Graph.of(loss);
    Set<Parameter> assigned = graph.assignments().keySet();
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

  /** The model's parameters by their paths, running statistics among them. */
  SequencedMap<String, Parameter> parameters() {
    return parameters.byPath();
  }

  /** Gives parameters their paths as names again, where somebody looked at a part of the model. */
  void namePaths() {
    parameters().forEach((path, parameter) -> parameter.rename(path));
  }

  /** What steps change: what is learned, what is assigned, and what the optimizers keep. */
  List<Parameter> changing() {
    return changing;
  }

  /** What the optimizers keep from step to step, by name. */
  SequencedMap<String, Parameter> kept() {
    return step.kept();
  }

  Tensor output() {
    return output;
  }

  /** The mean loss of a batch. */
  Tensor loss() {
    return mean;
  }

  /** What becomes of everything in a step, by name. */
  Map<String, Tensor> updates() {
    Map<String, Tensor> updates = new LinkedHashMap<>();
    step.updates()
        .forEach((parameter, value) -> updates.put(parameter.name().orElseThrow(), value));
    return updates;
  }

  /** How many numbers are learned. */
  long learned() {
    return learned.stream().mapToLong(each -> each.shape().elements().number()).sum();
  }

  /** What samples, and metrics of them, must be like. */
  Requirements requirements() {
    return new Requirements(loss, x, y, weight, output);
  }

  /**
   * What must be finite numbers: the loss, what is learned from, and what comes of it. Assignments
   * are left out, so that to look at it changes nothing.
   */
  List<Tensor> watched() {
    List<Tensor> all = new ArrayList<>();
    all.add(mean);
    all.addAll(gradients.values());
    if (adding.isEmpty()) {
      all.addAll(step.updates().values());
    }
    return Graph.withoutAssigning(all, _ -> true);
  }

  /** The numbers of the symbols in the shapes of a batch. */
  Map<String, Long> sizes(Batch batch) {
    return requirements().sizes(batch);
  }

  /** What the expressions take in a step, by name. */
  Map<String, Array> inputs(Batch batch, double pace) {
    Map<String, Array> inputs = new LinkedHashMap<>();
    inputs.put("pace", Array.scalar(DType.F32, pace));
    inputs.put("x", batch.x());
    inputs.put("y", batch.y());
    batch.weight().ifPresent(weight -> inputs.put("weight", weight));
    return inputs;
  }

  /** What one of the batches of a step has for a seed. */
  long seed(long ofStep, int i) {
    return adding.isPresent() ? RandomStream.seedAt(ofStep, i) : ofStep;
  }

  /** A step that learns from some batches; gives the mean loss before it. */
  Mean learn(List<Batch> batches, double pace, long seed) {
    var lossOfAll = new Mean();
    stepping.set("pace", Array.scalar(DType.F32, pace));
    if (adding.isEmpty()) {
      run(stepping, batches.getFirst(), seed, lossOfAll);
      return lossOfAll;
    }
    for (int i = 0; i < batches.size(); i++) {
      run(adding.get(), batches.get(i), seed(seed, i), lossOfAll);
    }
    stepping.run();
    return lossOfAll;
  }

  private static void run(Program.Call call, Batch samples, long seed, Mean sum) {
    call.set("x", samples.x()).set("y", samples.y());
    samples.weight().ifPresent(weight -> call.set("weight", weight));
    call.seed(seed).run();
    sum.add(call.output(0).item(), call.output(1).item());
  }

  /** The mean loss over samples, and other measures. */
  Scores judge(Samples samples, List<Metric> metrics) {
    var lossOfAll = new Mean();
    var places = new ArrayList<Places>();
    Program.Call call = metrics.isEmpty() ? judging : scoring;
    samples
        .inBatches(batch)
        .forEach(some -> {
          run(call, some, 0, lossOfAll);
          if (!metrics.isEmpty()) {
            places.add(Places.of(call.output(2).copy(), some));
          }
        });
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    if (!metrics.isEmpty()) {
      Places all = Places.join(places);
      metrics.forEach(metric -> values.put(metric.name(), metric.of(all.y(), all.t())));
    }
    return new Scores(lossOfAll.value(), values);
  }

  /** The outputs for some inputs. */
  Array predict(Array inputs) {
    Requirements.requireLike("inputs", inputs, x);
    Batch all = Batch.of(inputs, inputs);
    var parts = new ArrayList<Array>();
    all.inBatches(batch)
        .forEach(some -> {
          predicting.set("x", some.x()).run();
          parts.add(predicting.output(0).copy());
        });
    return joined(parts, all.size());
  }

  private Array joined(List<Array> parts, int rows) {
    Shape shape = Shape.of(rows).then(output.shape().part(1, output.rank()));
    return parts.isEmpty() ? Array.of(new float[0]).as(output.dtype(), shape) : Array.join(parts);
  }
}
