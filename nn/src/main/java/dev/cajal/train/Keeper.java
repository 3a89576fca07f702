package dev.cajal.train;

import dev.cajal.CajalException;
import dev.cajal.files.Conditions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Saves a run from time to time, so seldom that it takes next to nothing of the run's time. */
final class Keeper {
  /** Saving takes at most one part in so many. */
  private static final int SHARE = 20;

  private static final Duration LONGEST = Duration.ofDays(365);

  private final RunFolder folder;
  private final Conditions conditions;
  private final Duration every;
  private final Consumer<Event> listener;
  private long due;

  Keeper(RunFolder folder, Conditions conditions, Duration every, Consumer<Event> listener) {
    this.folder = folder;
    this.conditions = conditions;
    this.every = every.compareTo(LONGEST) > 0 ? LONGEST : every;
    this.listener = listener;
    this.due = System.nanoTime() + this.every.toNanos();
  }

  Path folder() {
    return folder.path();
  }

  /** What to go on from, if there is anything. */
  Optional<Checkpoint> last() {
    Optional<Checkpoint> last = folder.newest(listener);
    last.ifPresent(it -> {
      try {
        conditions.requireLike(it.conditions());
      } catch (CajalException e) {
        throw new CajalException(
            "the run in %s can't be resumed: %s".formatted(folder.path(), e.getMessage()), e);
      }
    });
    return last;
  }

  /** Saves what it is given then, if the last time is long enough ago. */
  void saveIfDue(Supplier<Checkpoint> checkpoint) {
    if (System.nanoTime() - due >= 0) {
      save(checkpoint.get());
    }
  }

  void save(Checkpoint checkpoint) {
    long start = System.nanoTime();
    Path file = folder.save(checkpoint);
    long now = System.nanoTime();
    due = now + Math.max(every.toNanos(), SHARE * (now - start));
    listener.accept(new Event.Saved(file, checkpoint.standing().step()));
  }

  Conditions conditions() {
    return conditions;
  }
}
