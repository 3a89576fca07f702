package dev.cajal.train;

import dev.cajal.CajalException;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Loss;
import dev.cajal.optim.Learner;
import dev.cajal.optim.Optimizer;
import dev.cajal.optim.Optimizers;
import dev.cajal.optim.Schedule;
import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

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
 */
public final class Trainer {
  private final Layer model;
  private final Loss loss;
  private Learner learner = Learner.of(new Optimizers.Adam(1e-3));
  private Schedule schedule = Schedule.constant();
  private int epochs = 10;
  private int batch = 32;
  private long seed;
  private OptionalInt patience = OptionalInt.empty();
  private OptionalInt threads = OptionalInt.empty();
  private Consumer<Event> listener = _ -> {};

  private Trainer(Layer model, Loss loss) {
    this.model = model;
    this.loss = loss;
  }

  /** Of a model, by Adam with a rate of 0.001, in 10 epochs of batches of 32. */
  public static Trainer of(Layer model, Loss loss) {
    return new Trainer(model, loss);
  }

  public Trainer optimizer(Optimizer optimizer) {
    return learner(Learner.of(optimizer));
  }

  /** How gradients change the model, where that is more than an optimizer. */
  public Trainer learner(Learner newLearner) {
    learner = newLearner;
    return this;
  }

  /** How the optimizer's rate changes with the steps. */
  public Trainer schedule(Schedule newSchedule) {
    schedule = newSchedule;
    return this;
  }

  /** How many passes over the samples there are at most. */
  public Trainer epochs(int number) {
    epochs = atLeastOne("epochs", number);
    return this;
  }

  /** How many samples are learned from at a time. */
  public Trainer batch(int size) {
    batch = atLeastOne("samples in a batch", size);
    return this;
  }

  /** What first parameters, the order of samples and everything random depend on. */
  public Trainer seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /** Stops when no epoch of so many was better than the best before them. */
  public Trainer earlyStopping(int epochsOfPatience) {
    patience = OptionalInt.of(atLeastOne("epochs of patience", epochsOfPatience));
    return this;
  }

  public Trainer threads(int number) {
    threads = OptionalInt.of(atLeastOne("threads", number));
    return this;
  }

  /** Tells what happens, besides those who are told already. */
  public Trainer telling(Consumer<Event> another) {
    listener = listener.andThen(another);
    return this;
  }

  private static int atLeastOne(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException("trainer: %d %s".formatted(number, what));
    }
    return number;
  }

  /** Trains on these samples; the epoch with the smallest loss on them is the best. */
  public Trained fit(Samples training) {
    return fit(training, Optional.empty());
  }

  /** Trains on some samples; the epoch with the smallest loss on others is the best. */
  public Trained fit(Samples training, Samples validation) {
    return fit(training, Optional.of(validation));
  }

  private Trained fit(Samples training, Optional<Samples> validation) {
    var compiled = new Compiled(model, loss, learner, training, seed, threads);
    compiled.require("training", training);
    validation.ifPresent(samples -> compiled.require("validation", samples));
    return new Fit(compiled, training, validation).run();
  }

  /** One run. */
  private final class Fit {
    private final Compiled compiled;
    private final Samples training;
    private final Optional<Samples> validation;
    private final List<Event.Epoch> history = new ArrayList<>();
    private final Map<Parameter, Array> best = new LinkedHashMap<>();
    private int bestEpoch;
    private long step;

    Fit(Compiled compiled, Samples training, Optional<Samples> validation) {
      this.compiled = compiled;
      this.training = training;
      this.validation = validation;
    }

    Trained run() {
      listener.accept(new Event.Began(training.size(), compiled.learned(), epochs));
      boolean stops = false;
      for (int epoch = 1; epoch <= epochs && !stops; epoch++) {
        Event.Epoch done = epoch(epoch);
        history.add(done);
        if (done.isBest()) {
          bestEpoch = epoch;
          compiled.parameters().forEach(each -> best.put(each, each.array().copy()));
        }
        listener.accept(done);
        stops = patience.isPresent() && epoch - bestEpoch >= patience.getAsInt();
      }
      best.forEach(Parameter::set);
      listener.accept(new Event.Ended(bestEpoch, stops && history.size() < epochs));
      return new Trained(compiled, List.copyOf(history), bestEpoch);
    }

    private Event.Epoch epoch(int number) {
      long start = System.nanoTime();
      int[] order = RandomStream.of(seed, "order").derive(number).permutation(training.size());
      var mean = new Mean();
      for (int from = 0; from < order.length; from += batch) {
        int to = Math.min(order.length, from + batch);
        Samples some = training.rows(Arrays.copyOfRange(order, from, to));
        compiled.learn(some, schedule.at(step), RandomStream.seedAt(seed, step), mean);
        step++;
        requireFinite(number, mean);
      }
      OptionalDouble judged =
          validation.isEmpty()
              ? OptionalDouble.empty()
              : OptionalDouble.of(compiled.loss(validation.get()));
      double loss = judged.orElse(mean.value());
      double least =
          history.stream().mapToDouble(Event.Epoch::judged).min().orElse(Double.POSITIVE_INFINITY);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Event.Epoch(number, mean.value(), judged, loss < least, seconds);
    }

    private void requireFinite(int epoch, Mean mean) {
      if (!Double.isFinite(mean.value())) {
        throw new CajalException(
            "the loss became %s at step %d, in epoch %d: try a smaller rate, or clipped gradients"
                .formatted(mean.value(), step, epoch));
      }
    }
  }
}
