package dev.cajal.train;

import dev.cajal.CajalException;
import dev.cajal.files.Conditions;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
  private final Course course;
  private final Recorder recorder;

  private final List<Event.Epoch> history = new ArrayList<>();
  private final SequencedMap<String, Array> best = new LinkedHashMap<>();
  private int bestEpoch;
  private long step;

  // Of the epoch that goes on.
  private int samples;
  private Mean loss = new Mean();
  private double seconds;

  Fit(Trainer settings, Programs programs, Samples training, Optional<Samples> validation) {
    this.settings = settings;
    this.programs = programs;
    this.training = training;
    this.validation = validation;
    this.course = new Course(settings, training);
    this.recorder = new Recorder(programs, course);
  }

  /** Begins, and goes on to the end. */
  Trained begin() {
    settings.initialise();
    tell(began(OptionalLong.empty()));
    return ended(go(() -> false, () -> {}), Optional.empty());
  }

  /** The same, saved from time to time; where it may, goes on with what was saved. */
  Trained begin(Keeper keeper, boolean resumes) {
    Optional<Checkpoint> last = resumes ? keeper.last() : Optional.empty();
    last.ifPresent(this::restore);
    settings.initialise();
    tell(began(last.isPresent() ? OptionalLong.of(step) : OptionalLong.empty()));
    try (Shutdown shutdown = Shutdown.watch()) {
      if (last.isEmpty()) {
        keeper.save(checkpoint(keeper.conditions()));
      }
      Ending ending = goKept(shutdown, keeper);
      keeper.save(checkpoint(keeper.conditions()));
      Trained trained = ended(ending, Optional.of(keeper.folder()));
      shutdown.succeeded();
      return trained;
    }
  }

  /** Where the run diverges, what the best epoch left is kept. */
  private Ending goKept(Shutdown shutdown, Keeper keeper) {
    try {
      return go(shutdown::isAsked, () -> keeper.saveIfDue(() -> checkpoint(keeper.conditions())));
    } catch (DivergedException e) {
      if (bestEpoch > 0) {
        try {
          HistoryFile.write(keeper.folder().resolve("history.csv"), history);
          trained(Ending.STOPPED).model().write(keeper.folder());
        } catch (CajalException other) {
          e.addSuppressed(other);
        }
      }
      throw e;
    }
  }

  private void tell(Event event) {
    settings.listener().accept(event);
  }

  private Event.Began began(OptionalLong done) {
    return new Event.Began(
        training.size(),
        programs.learned(),
        settings.epochs(),
        stepsAtMost(),
        done,
        List.copyOf(history));
  }

  private long stepsAtMost() {
    return Math.min(settings.steps(), course.stepsInEpoch() * settings.epochs());
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
    recorder.pass(epoch(), samples, step);
    List<Batch> batches = course.batches(epoch(), samples, history);
    double pace = course.pace(epoch(), step, history);
    Mean itsLoss = programs.learn(batches, pace, course.seed(step));
    step++;
    samples += batches.stream().mapToInt(Batch::size).sum();
    loss.add(itsLoss);
    if (!Double.isFinite(itsLoss.value())) {
      throw failed("the loss became " + itsLoss.value());
    }
    tell(new Event.Step(step, epoch(), samples, itsLoss.value(), pace));
  }

  /** What went wrong, where it began, and what may help; the best parameters are left. */
  private DivergedException failed(String what) {
    programs.namePaths();
    Optional<String> first = recorder.explain(step - 1, history);
    restoreBest();
    return new DivergedException(
        "%s at step %d, in epoch %d%s; try a smaller rate, or clipped gradients"
            .formatted(what, step, epoch(), first.map(it -> "; " + it).orElse("")));
  }

  private void requireFinite(Collection<Parameter> some) {
    for (Parameter parameter : some) {
      if (!Recorder.isFinite(parameter)) {
        programs.namePaths();
        throw failed(parameter + " is no longer finite");
      }
    }
  }

  private void closeEpoch(long start) {
    requireFinite(programs.changing());
    Optional<Scores> scores = validation.map(some -> programs.judge(some, settings.metrics()));
    OptionalDouble validationLoss =
        scores.map(it -> OptionalDouble.of(it.loss())).orElse(OptionalDouble.empty());
    SequencedMap<String, Double> metrics =
        scores.map(Scores::metrics).orElse(new LinkedHashMap<>());
    seconds += (System.nanoTime() - start) / 1e9;
    var done =
        new Event.Epoch(epoch(), step, loss.value(), validationLoss, metrics, false, seconds);
    boolean isBest =
        bestEpoch == 0
            ? settings.judged(done) < Double.POSITIVE_INFINITY
            : settings.judged(done) < settings.judged(history.get(bestEpoch - 1));
    history.add(isBest ? done.best() : done);
    if (isBest) {
      bestEpoch = history.size();
      programs.parameters().forEach((path, it) -> best.put(path, it.array().copy()));
    }
    samples = 0;
    loss = new Mean();
    seconds = 0;
    tell(history.getLast());
  }

  private void restoreBest() {
    programs
        .parameters()
        .forEach((path, parameter) -> {
          Array its = best.get(path);
          if (its != null) {
            parameter.set(its);
          }
        });
  }

  private Trained ended(Ending why, Optional<Path> folder) {
    restoreBest();
    Trained trained = trained(why);
    folder.ifPresent(trained.model()::write);
    tell(new Event.Ended(bestEpoch, why, folder));
    return trained;
  }

  private Trained trained(Ending why) {
    return new Trained(settings, programs, history, bestEpoch, why);
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
    boolean isCut = samples == 0 && step < course.stepsInEpoch() * history.size();
    if (isCut && step < settings.steps() && history.size() < settings.epochs()) {
      throw new CajalException(
          "the run can't go on: its last epoch was cut short after step %d, where it was to end"
              .formatted(step));
    }
  }
}
