package dev.cajal.search;

import dev.cajal.files.Conditions;
import dev.cajal.search.Plan.Job;
import dev.cajal.train.DivergedException;
import dev.cajal.train.Ending;
import dev.cajal.train.Event;
import dev.cajal.train.Trained;
import dev.cajal.train.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;

/** One search: trial after trial, each saved when it is done. */
final class Searching {
  private final Search settings;
  private final Parts parts;
  private final SearchFolder folder;
  private final Conditions conditions;
  private final Models models = new Models();
  private Progress progress;

  Searching(Search settings, Progress progress, Parts parts, SearchFolder folder) {
    this.settings = settings;
    this.progress = progress;
    this.parts = parts;
    this.folder = folder;
    this.conditions = conditions(settings.plan(), progress, parts);
  }

  private static Conditions conditions(Plan plan, Progress progress, Parts parts) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    values.put("plan", plan.toString());
    values.put("seed", "" + progress.seed());
    values.put("goal", progress.goal().toString());
    progress
        .space()
        .dimensions()
        .forEach(dimension -> values.put("dimension " + dimension.name(), dimension.text()));
    values.put("number of folds", "" + parts.count());
    values.put("data", Conditions.checksum(parts.checksum()));
    return new Conditions(values);
  }

  /** Goes on to the end, from what is in the folder if there is something. */
  Results go() {
    folder
        .trials(conditions)
        .ifPresentOrElse(
            trials -> trials.forEach(trial -> progress = progress.with(trial)),
            () -> folder.save(conditions, progress));
    while (true) {
      Optional<Job> job = settings.plan().next(progress);
      folder.keepOnly(kept(job));
      Optional<Outcome> outcome = job.flatMap(this::outcome);
      if (outcome.isEmpty()) {
        Ending ending = job.isEmpty() ? Ending.DONE : Ending.STOPPED;
        return new Results(progress, ending, trained(ending));
      }
      Trial tried = job.get().trial().and(outcome.get());
      progress = progress.with(tried);
      folder.save(conditions, progress);
      settings.listener().accept(tried);
    }
  }

  private Set<Integer> kept(Optional<Job> next) {
    Set<Integer> numbers = new HashSet<>(settings.plan().contenders(progress));
    progress.best().ifPresent(best -> numbers.add(best.number()));
    next.ifPresent(job -> numbers.add(job.trial().number()));
    return numbers;
  }

  /** What comes of a trial; nothing if it was stopped, and goes on another time. */
  private Optional<Outcome> outcome(Job job) {
    var scores = new ArrayList<Outcome.Scored>();
    for (int part = 0; part < parts.count(); part++) {
      Optional<Outcome> its = outcome(job, part);
      if (its.isEmpty() || !(its.get() instanceof Outcome.Scored scored)) {
        return its;
      }
      scores.add(scored);
    }
    return Optional.of(scores.size() == 1 ? scores.getFirst() : together(scores));
  }

  private Optional<Outcome> outcome(Job job, int part) {
    Trained trained;
    try {
      trained = train(job.trial(), part, job.epochs());
    } catch (DivergedException e) {
      return Optional.of(new Outcome.Failed(String.valueOf(e.getMessage())));
    }
    // Where it is interrupted at the very end, what is left to do can't be written any more.
    if (trained.ending() == Ending.STOPPED || Thread.currentThread().isInterrupted()) {
      return Optional.empty();
    }
    List<Event.Epoch> history = trained.history();
    double seconds = history.stream().mapToDouble(Event.Epoch::seconds).sum();
    OptionalDouble score = progress.goal().best(trained);
    return Optional.of(
        score.isEmpty()
            ? new Outcome.Failed("no epoch has a finite " + progress.goal().name())
            : new Outcome.Scored(
                score.getAsDouble(), OptionalDouble.empty(), history.size(), seconds));
  }

  private static Outcome together(List<Outcome.Scored> folds) {
    List<Double> scores = folds.stream().map(Outcome.Scored::score).toList();
    return new Outcome.Scored(
        CrossValidation.mean(scores),
        OptionalDouble.of(CrossValidation.deviation(scores)),
        folds.stream().mapToInt(Outcome.Scored::epochs).max().orElse(0),
        folds.stream().mapToDouble(Outcome.Scored::seconds).sum());
  }

  private Trained train(Trial trial, int part, OptionalInt epochs) {
    Path run = folder.of(trial.number());
    Path its = parts.count() == 1 ? run : run.resolve("fold-" + (part + 1));
    String whose = "trial " + trial.number() + (parts.count() == 1 ? "" : ", fold " + (part + 1));
    Trainer trainer = models.requireNew(settings.trainer().apply(trial.setting()), whose).in(its);
    if (progress.goal().metric().isPresent()) {
      trainer = trainer.best(progress.goal().metric().get());
    }
    if (epochs.isPresent()) {
      trainer = trainer.epochs(epochs.getAsInt());
    }
    Fold fold = parts.part().apply(part);
    return trainer.resume(fold.training(), fold.validation());
  }

  /** The best network, as it was in its best epoch: its run is over, and is read again. */
  private Optional<Trained> trained(Ending ending) {
    if (ending == Ending.STOPPED || parts.count() > 1) {
      return Optional.empty();
    }
    return progress
        .best()
        .map(best -> {
          int epochs = ((Outcome.Scored) best.outcome()).epochs();
          return train(best, 0, OptionalInt.of(epochs));
        });
  }
}
