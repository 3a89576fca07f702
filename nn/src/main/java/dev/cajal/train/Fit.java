package dev.cajal.train;

import dev.cajal.CajalException;
import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/** One run: a loop of steps and epochs whose every state can be saved, and gone on from. */
final class Fit {
  private final Trainer settings;
  private final Programs programs;
  private final Samples training;
  private final Optional<Samples> validation;

  private final List<Event.Epoch> history = new ArrayList<>();
  private final SequencedMap<String, Array> best = new LinkedHashMap<>();
  private int bestEpoch;
  private long step;

  // Of the epoch that goes on.
  private int[] order = {};
  private double slower;
  private int samples;
  private Mean loss = new Mean();
  private double seconds;

  Fit(Trainer settings, Programs programs, Samples training, Optional<Samples> validation) {
    this.settings = settings;
    this.programs = programs;
    this.training = training;
    this.validation = validation;
  }

  /** Begins, and goes on to the end. */
  Trained begin() {
    programs.initialise(settings.seed());
    tell(began(OptionalLong.empty()));
    return ended(go(() -> false, () -> {}), Optional.empty());
  }

  /** The same, saved from time to time; where it may, goes on with what was saved. */
  Trained begin(Keeper keeper, boolean resumes) {
    Optional<Checkpoint> last = resumes ? keeper.last() : Optional.empty();
    last.ifPresent(this::restore);
    programs.initialise(settings.seed());
    tell(began(last.isPresent() ? OptionalLong.of(step) : OptionalLong.empty()));
    try (Shutdown shutdown = Shutdown.watch()) {
      if (last.isEmpty()) {
        keeper.save(checkpoint(keeper.conditions()));
      }
      Ending ending =
          go(shutdown::isAsked, () -> keeper.saveIfDue(() -> checkpoint(keeper.conditions())));
      keeper.save(checkpoint(keeper.conditions()));
      Trained trained = ended(ending, Optional.of(keeper.folder()));
      shutdown.succeeded();
      return trained;
    }
  }

  private void tell(Event event) {
    settings.listener().accept(event);
  }

  private Event.Began began(OptionalLong done) {
    return new Event.Began(
        training.size(), programs.learned(), settings.epochs(), stepsAtMost(), done);
  }

  private long stepsAtMost() {
    long perEpoch = Math.ceilDiv(training.size(), (long) settings.batch() * settings.accumulated());
    return Math.min(settings.steps(), perEpoch * settings.epochs());
  }

  // The loop.

  private Ending go(BooleanSupplier isStopped, Runnable afterwards) {
    while (true) {
      Optional<Ending> ending = ending(isStopped);
      if (ending.isPresent()) {
        return ending.get();
      }
      long start = System.nanoTime();
      if (isEpochOver()) {
        closeEpoch(start);
      } else {
        learn();
        seconds += (System.nanoTime() - start) / 1e9;
      }
      afterwards.run();
    }
  }

  private Optional<Ending> ending(BooleanSupplier isStopped) {
    boolean isBetweenEpochs = samples == 0;
    if (isBetweenEpochs && (history.size() >= settings.epochs() || step >= settings.steps())) {
      return Optional.of(Ending.DONE);
    }
    if (isBetweenEpochs && isPatienceOver()) {
      return Optional.of(Ending.EARLY);
    }
    boolean stops =
        isStopped.getAsBoolean()
            || settings.stop().getAsBoolean()
            || Thread.currentThread().isInterrupted();
    return stops ? Optional.of(Ending.STOPPED) : Optional.empty();
  }

  private boolean isPatienceOver() {
    return settings.patience().isPresent()
        && history.size() - bestEpoch >= settings.patience().getAsInt();
  }

  private boolean isEpochOver() {
    return samples == training.size() || step >= settings.steps();
  }

  private int epoch() {
    return history.size() + 1;
  }

  private void learn() {
    if (order.length == 0) {
      order =
          RandomStream.of(settings.seed(), "order").derive(epoch()).permutation(training.size());
      slower = settings.plateau().pace(history.stream().mapToDouble(settings::judged).toArray());
    }
    var batches = new ArrayList<Samples>();
    for (int i = 0; i < settings.accumulated() && samples < order.length; i++) {
      int to = Math.min(order.length, samples + settings.batch());
      batches.add(training.rows(Arrays.copyOfRange(order, samples, to)));
      samples = to;
    }
    double pace = settings.schedule().at(step) * slower;
    Mean itsLoss = programs.learn(batches, pace, RandomStream.seedAt(settings.seed(), step));
    step++;
    loss.add(itsLoss);
    requireFinite(itsLoss);
    tell(new Event.Step(step, epoch(), samples, itsLoss.value(), pace));
  }

  private void requireFinite(Mean itsLoss) {
    if (!Double.isFinite(itsLoss.value())) {
      throw new CajalException(
          "the loss became %s at step %d, in epoch %d: try a smaller rate, or clipped gradients"
              .formatted(itsLoss.value(), step, epoch()));
    }
  }

  private void closeEpoch(long start) {
    Optional<Scores> scores = validation.map(some -> programs.judge(some, settings.metrics()));
    OptionalDouble validationLoss =
        scores.map(it -> OptionalDouble.of(it.loss())).orElse(OptionalDouble.empty());
    SequencedMap<String, Double> metrics =
        scores.map(Scores::metrics).orElse(new LinkedHashMap<>());
    seconds += (System.nanoTime() - start) / 1e9;
    var done =
        new Event.Epoch(epoch(), step, loss.value(), validationLoss, metrics, false, seconds);
    boolean isBest =
        bestEpoch == 0 || settings.judged(done) < settings.judged(history.get(bestEpoch - 1));
    history.add(isBest ? done.best() : done);
    if (isBest) {
      bestEpoch = history.size();
      programs.parameters().forEach((path, it) -> best.put(path, it.array().copy()));
    }
    order = new int[0];
    samples = 0;
    loss = new Mean();
    seconds = 0;
    tell(history.getLast());
  }

  private Trained ended(Ending why, Optional<Path> folder) {
    programs
        .parameters()
        .forEach((path, parameter) -> {
          Array its = best.get(path);
          if (its != null) {
            parameter.set(its);
          }
        });
    tell(new Event.Ended(bestEpoch, why, folder));
    return new Trained(programs, settings.metrics(), history, bestEpoch, why);
  }

  // Its state.

  Checkpoint checkpoint(Conditions conditions) {
    var standing = new Standing(step, samples, loss, seconds, history, bestEpoch);
    return new Checkpoint(
        conditions,
        standing,
        Checkpoint.arrays(programs.parameters()),
        Checkpoint.arrays(programs.kept()),
        best);
  }

  private void restore(Checkpoint checkpoint) {
    Checkpoint.restore(programs.parameters(), checkpoint.parameters());
    Checkpoint.restore(programs.kept(), checkpoint.kept());
    Standing standing = checkpoint.standing();
    history.addAll(standing.history());
    best.putAll(checkpoint.best());
    bestEpoch = standing.best();
    step = standing.step();
    samples = standing.samples();
    loss = standing.loss();
    seconds = standing.seconds();
  }
}
