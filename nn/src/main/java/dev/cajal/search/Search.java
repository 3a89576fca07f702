package dev.cajal.search;

import dev.cajal.CajalException;
import dev.cajal.train.Metric;
import dev.cajal.train.Samples;
import dev.cajal.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Searches a space for the setting under which a network does best on validation samples.
 *
 * <pre>{@code
 * Space space = Space.of(
 *     Dimension.logUniform("rate", 1e-4, 1e-1), Dimension.logInteger("width", 8, 128));
 * Results results =
 *     Search.of(space, setting ->
 *             Trainer.of(new Classifier(4, setting.integer("width"), 3), Losses.crossEntropy())
 *                 .optimizer(new Adam(setting.number("rate"))))
 *         .hyperband(27).seed(1).in(Path.of("search"))
 *         .resume(training, validation);
 * System.out.println(results);
 * }</pre>
 *
 * <p>For networks of dense layers there is a space, and a trainer, in {@link Networks}.
 *
 * <p>The same seed gives the same trials. A trial under which the loss diverges is the last of all,
 * and not the end of the search.
 *
 * <p>A search that is kept {@link #in} a folder is saved there after each trial, and each trial as
 * trainers save it. {@link #resume} goes on with it as if it had never ended, also in the middle of
 * a trial. Of all runs only those are kept that may go on, and the best. The file {@code
 * trials.svg} shows how far it is.
 *
 * <p>A search does not change: each setting gives another one.
 */
public final class Search implements Cloneable {
  private final Space space;
  private final Function<Setting, Trainer> trainer;
  private Plan plan = new Sampling(20);
  private long seed;
  private Optional<Metric> judge = Optional.empty();
  private Optional<Path> folder = Optional.empty();
  private Consumer<Trial> listener = _ -> {};

  private Search(Space space, Function<Setting, Trainer> trainer) {
    this.space = space;
    this.trainer = trainer;
  }

  /**
   * Over a space, with 20 settings at random.
   *
   * @param trainer what trains under a setting: of a new model, the same each time it is asked. It
   *     says how many epochs there are, unless the search does; where it keeps its run is the
   *     search's affair.
   */
  public static Search of(Space space, Function<Setting, Trainer> trainer) {
    return new Search(space, trainer);
  }

  private Search with(Consumer<Search> change) {
    try {
      var other = (Search) clone();
      change.accept(other);
      return other;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  // Which settings are tried, and for how long.

  /** So many settings at random. */
  public Search random(int trials) {
    return with(it -> it.plan = new Sampling(trials));
  }

  /** Rounds of random settings, each from around the best of those before. */
  public Search coarseToFine(int rounds, int trialsInEach) {
    return with(it -> it.plan = new CoarseToFine(rounds, trialsInEach));
  }

  /**
   * Many settings for few epochs, and the best third of them for three times as many, up to these
   * (Li et al., 2018). It takes at most {@code (log₃ epochs + 1)²·epochs} epochs in all, for who
   * goes on does not begin again. A trial that stops early does not go on, even where it may.
   */
  public Search hyperband(int epochs) {
    return hyperband(epochs, 3);
  }

  /** The same, where one in so many goes on. */
  public Search hyperband(int epochs, int eta) {
    return with(it -> it.plan = new Hyperband(epochs, eta));
  }

  /** What settings depend on. */
  public Search seed(long number) {
    return with(it -> it.seed = number);
  }

  /** What trials are compared by, instead of the validation loss; the epochs of each as well. */
  public Search best(Metric metric) {
    return with(it -> it.judge = Optional.of(metric));
  }

  /**
   * Tells of each trial when it is done, or is done for now, besides those who are told already.
   */
  public Search telling(Consumer<? super Trial> another) {
    Consumer<Trial> former = listener;
    return with(it -> it.listener = former.andThen(another));
  }

  /** Keeps the search in a folder. */
  public Search in(Path path) {
    return with(it -> it.folder = Optional.of(path));
  }

  // Searching.

  /** Searches; trials are judged by the validation samples. */
  public Results run(Samples training, Samples validation) {
    return begin(Parts.of(training, validation), false);
  }

  /** Searches; trials are judged by the mean of their scores on the folds. */
  public Results run(Folds folds) {
    return begin(Parts.of(folds), false);
  }

  /**
   * Goes on with the search in the folder, or begins it where there is none: what comes of it is
   * the same as if it had never ended. Space, samples and seed are those that it began with, and so
   * must the trainers be, which nobody can compare; there may be more trials at random, or more
   * rounds.
   */
  public Results resume(Samples training, Samples validation) {
    return begin(Parts.of(training, validation), true);
  }

  /** The same, with folds. */
  public Results resume(Folds folds) {
    return begin(Parts.of(folds), true);
  }

  private Results begin(Parts parts, boolean resumes) {
    if (folder.isPresent()) {
      return go(parts, folder.get(), resumes);
    }
    if (resumes) {
      throw new IllegalArgumentException("search: say in which folder the search is that goes on");
    }
    Path temporary = temporary();
    try {
      return go(parts, temporary, false);
    } finally {
      SearchFolder.remove(temporary);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("cajal-search");
    } catch (IOException e) {
      throw new CajalException("can't make a folder for the trials: " + e, e);
    }
  }

  private Results go(Parts parts, Path path, boolean resumes) {
    try (SearchFolder kept = SearchFolder.open(path)) {
      if (kept.hasSearch() && !resumes) {
        throw new CajalException(
            "there is a search in %s already: resume it, or choose another folder".formatted(path));
      }
      var nothing = new Progress(space, seed, new Goal(judge), List.of());
      return new Searching(this, nothing, parts, kept).go();
    }
  }

  // For those who do it.

  Plan plan() {
    return plan;
  }

  Function<Setting, Trainer> trainer() {
    return trainer;
  }

  Consumer<Trial> listener() {
    return listener;
  }
}
