package dev.cajal.train;

import dev.cajal.CajalException;
import dev.cajal.files.Conditions;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Loss;
import dev.cajal.nn.Parameters;
import dev.cajal.nn.SavedModel;
import dev.cajal.optim.Learner;
import dev.cajal.optim.Optimizer;
import dev.cajal.optim.Optimizers;
import dev.cajal.optim.Plateau;
import dev.cajal.optim.Schedule;
import dev.cajal.tensor.Parameter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Trains a model: passes over the samples in random order, batch by batch, until it has done so as
 * often as it should, or nothing becomes better. What is left are the parameters of the best epoch.
 *
 * <pre>{@code
 * Trained trained =
 *     Trainer.of(model, Losses.crossEntropy())
 *         .optimizer(new Adam(1e-3)).epochs(50).batch(64).earlyStopping(5)
 *         .fit(training, validation);
 * trained.predict(x);
 * }</pre>
 *
 * <p>The same seed gives the same parameters, to the bit, on any number of threads.
 *
 * <p>A run that is kept {@link #in} a folder is saved there every few seconds, and when the JVM is
 * told to end, as by Ctrl-C. {@link #resume} goes on with it, as if it had never ended.
 *
 * <p>A trainer does not change: each setting gives another one.
 */
public final class Trainer implements Cloneable {
  private final Layer model;
  private final Loss loss;
  private Learner learner = Learner.of(new Optimizers.Adam(1e-3));
  private Schedule schedule = Schedule.constant();
  private Plateau plateau = Plateau.none();
  private int epochs = 10;
  private long steps = Long.MAX_VALUE;
  private int batch = 32;
  private int accumulated = 1;
  private long seed;
  private OptionalInt patience = OptionalInt.empty();
  private List<Metric> metrics = List.of();
  private Optional<Metric> judge = Optional.empty();
  private OptionalInt threads = OptionalInt.empty();
  private Consumer<Event> listener = _ -> {};
  private BooleanSupplier stop = () -> false;
  private Optional<Path> folder = Optional.empty();
  private Duration saving = Duration.ofSeconds(10);
  private UnaryOperator<SavedModel> described = UnaryOperator.identity();

  private Trainer(Layer model, Loss loss) {
    this.model = model;
    this.loss = loss;
  }

  /** Of a model, by Adam with a rate of 0.001, in 10 epochs of batches of 32. */
  public static Trainer of(Layer model, Loss loss) {
    return new Trainer(model, loss);
  }

  private Trainer with(Consumer<Trainer> change) {
    try {
      var other = (Trainer) clone();
      change.accept(other);
      return other;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /** The model that it trains. */
  public Layer model() {
    return model;
  }

  // What happens in a step.

  public Trainer optimizer(Optimizer optimizer) {
    return learner(Learner.of(optimizer));
  }

  /** How gradients change the model, where that is more than an optimizer. */
  public Trainer learner(Learner its) {
    return with(it -> it.learner = its);
  }

  /** How the optimizer's rate changes with the steps. */
  public Trainer schedule(Schedule its) {
    return with(it -> it.schedule = its);
  }

  /** Lowers the rate when nothing becomes better, besides what the schedule says. */
  public Trainer plateau(Plateau its) {
    return with(it -> it.plateau = its);
  }

  /**
   * How many samples are learned from at a time: all of them for whole passes, 1 for single ones.
   */
  public Trainer batch(int size) {
    requireAtLeastOne("samples in a batch", size);
    return with(it -> it.batch = size);
  }

  /** Learns from the mean gradient of so many batches at a time: a large batch in little memory. */
  public Trainer accumulate(int batches) {
    requireAtLeastOne("batches in a step", batches);
    return with(it -> it.accumulated = batches);
  }

  /** What first parameters, the order of samples and everything random depend on. */
  public Trainer seed(long number) {
    return with(it -> it.seed = number);
  }

  public Trainer threads(int number) {
    requireAtLeastOne("threads", number);
    return with(it -> it.threads = OptionalInt.of(number));
  }

  // How long.

  /** How many passes over the samples there are at most. */
  public Trainer epochs(int number) {
    requireAtLeastOne("epochs", number);
    return with(it -> it.epochs = number);
  }

  /** How many steps there are at most, in as many epochs as that takes; the last may be short. */
  public Trainer steps(long number) {
    requireAtLeastOne("steps", number);
    return with(it -> {
      it.steps = number;
      it.epochs = Integer.MAX_VALUE;
    });
  }

  /** Stops when no epoch of so many was better than the best before them. */
  public Trainer earlyStopping(int epochsOfPatience) {
    requireAtLeastOne("epochs of patience", epochsOfPatience);
    return with(it -> it.patience = OptionalInt.of(epochsOfPatience));
  }

  /** Stops, also in the middle of an epoch, when this says so, besides what says so already. */
  public Trainer stopWhen(BooleanSupplier another) {
    BooleanSupplier former = stop;
    return with(it -> it.stop = () -> former.getAsBoolean() || another.getAsBoolean());
  }

  // What is known of it.

  /** What validation samples are measured by after each epoch, besides the loss. */
  public Trainer metrics(Metric... some) {
    Map<String, Metric> all = new LinkedHashMap<>();
    metrics.forEach(metric -> all.put(metric.name(), metric));
    for (Metric metric : some) {
      boolean isJudge = judge.filter(its -> its.name().equals(metric.name())).isPresent();
      if (all.putIfAbsent(metric.name(), metric) != null && !isJudge) {
        throw new IllegalArgumentException(
            "trainer: two metrics are called \"%s\"".formatted(metric.name()));
      }
    }
    return with(it -> it.metrics = List.copyOf(all.values()));
  }

  /** What tells which epoch is the best, instead of the loss: one of the metrics. */
  public Trainer best(Metric metric) {
    boolean isKnown = metrics.stream().anyMatch(its -> its.name().equals(metric.name()));
    return (isKnown ? this : metrics(metric)).with(it -> it.judge = Optional.of(metric));
  }

  /** Tells what happens, besides those who are told already. */
  public Trainer telling(Consumer<? super Event> another) {
    Consumer<Event> former = listener;
    return with(it -> it.listener = former.andThen(another));
  }

  // Where it is kept.

  /**
   * Keeps the run in a folder: all it takes to go on, the history as a table, and at the end the
   * model.
   */
  public Trainer in(Path path) {
    return with(it -> it.folder = Optional.of(path));
  }

  /** What else is known of the model that is kept: class names, where its data came from. */
  public Trainer describing(UnaryOperator<SavedModel> model) {
    UnaryOperator<SavedModel> former = described;
    return with(it -> it.described = saved -> model.apply(former.apply(saved)));
  }

  /** How long at most is lost of a run that is killed: 10 seconds, unless saving takes long. */
  public Trainer savingEvery(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("trainer: saved every %s".formatted(duration));
    }
    return with(it -> it.saving = duration);
  }

  private static void requireAtLeastOne(String what, long number) {
    if (number < 1) {
      throw new IllegalArgumentException("trainer: %d %s".formatted(number, what));
    }
  }

  // Training.

  /** Trains on these samples; the epoch with the smallest loss on them is the best. */
  public Trained fit(Samples training) {
    return fit(training, Optional.empty(), false);
  }

  /** Trains on some samples; the epoch with the smallest loss on others is the best. */
  public Trained fit(Samples training, Samples validation) {
    return fit(training, Optional.of(validation), false);
  }

  /**
   * Goes on with the run in the folder, or begins it where there is none: what comes of it is the
   * same, to the bit, as if it had never ended. Model, samples and settings are those that it began
   * with; there may be more epochs.
   */
  public Trained resume(Samples training) {
    return fit(training, Optional.empty(), true);
  }

  /** The same, with validation samples. */
  public Trained resume(Samples training, Samples validation) {
    return fit(training, Optional.of(validation), true);
  }

  private Trained fit(Samples training, Optional<Samples> validation, boolean resumes) {
    if (judge.isPresent() && validation.isEmpty()) {
      throw new IllegalArgumentException(
          "trainer: the best epoch by %s is that of validation samples, and there are none"
              .formatted(judge.get().name()));
    }
    var programs = new Programs(model, training, this);
    Requirements requirements = programs.requirements();
    requirements.require("training", training);
    validation.ifPresent(samples -> {
      requirements.require("validation", samples);
      requirements.require(metrics, samples);
    });
    var fit = new Fit(this, programs, training, validation);
    if (folder.isEmpty()) {
      if (resumes) {
        throw new IllegalArgumentException("trainer: say in which folder the run is that goes on");
      }
      return fit.begin();
    }
    try (RunFolder kept = RunFolder.open(folder.get())) {
      if (kept.hasRun() && !resumes) {
        throw new CajalException(
            "there is a run in %s already: resume it, or choose another folder"
                .formatted(folder.get()));
      }
      Conditions conditions = RunConditions.of(this, programs, training, validation);
      return fit.begin(new Keeper(kept, conditions, saving, listener), resumes);
    }
  }

  // For those who do it.

  /** The same with nobody told, and kept nowhere. */
  Trainer alone() {
    return with(it -> {
      it.listener = _ -> {};
      it.folder = Optional.empty();
      it.metrics = List.of();
      it.judge = Optional.empty();
      it.patience = OptionalInt.empty();
      it.plateau = Plateau.none();
      it.stop = () -> false;
    });
  }

  /** Gives those of the model's parameters first numbers that have none yet. */
  List<Parameter> initialise() {
    List<Parameter> all = Parameters.of(model).all();
    all.stream().filter(each -> !each.hasNumbers()).forEach(each -> each.initialise(seed));
    return all;
  }

  Optional<Metric> judge() {
    return judge;
  }

  Loss loss() {
    return loss;
  }

  UnaryOperator<SavedModel> described() {
    return described;
  }

  Learner learner() {
    return learner;
  }

  Schedule schedule() {
    return schedule;
  }

  Plateau plateau() {
    return plateau;
  }

  int batch() {
    return batch;
  }

  /** Batches in a step. */
  int accumulated() {
    return accumulated;
  }

  long seed() {
    return seed;
  }

  OptionalInt threads() {
    return threads;
  }

  int epochs() {
    return epochs;
  }

  long steps() {
    return steps;
  }

  OptionalInt patience() {
    return patience;
  }

  List<Metric> metrics() {
    return metrics;
  }

  Consumer<Event> listener() {
    return listener;
  }

  BooleanSupplier stop() {
    return stop;
  }

  /** What epochs are compared by: the smaller the better. */
  double judged(Event.Epoch epoch) {
    if (judge.isEmpty()) {
      return epoch.judged();
    }
    Double value = epoch.metrics().get(judge.get().name());
    if (value == null || value.isNaN()) {
      return Double.POSITIVE_INFINITY;
    }
    return judge.get().isBetterLarger() ? -value : value;
  }
}
