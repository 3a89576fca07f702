package dev.cajal.train;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Remembers where a run was a moment ago. A run is the same each time, so the last steps can be
 * done again and looked at, until the one in which numbers go wrong: which costs nothing while they
 * don't.
 */
final class Recorder {
  /** What is remembered is no older than two seconds, unless to remember takes a while. */
  private static final long EVERY = 2_000_000_000L;

  private static final int SHARE = 100;

  private final Programs programs;
  private final Course course;
  private final List<Parameter> state = new ArrayList<>();
  private final List<Array> numbers = new ArrayList<>();
  private int epoch;
  private int samples;
  private long step;
  private long due;

  Recorder(Programs programs, Course course) {
    this.programs = programs;
    this.course = course;
  }

  /** Remembers that a step comes next, at a place in an epoch. */
  void pass(int nextEpoch, int nextSamples, long nextStep) {
    long now = System.nanoTime();
    if (numbers.isEmpty()) {
      state.addAll(programs.parameters().values());
      state.addAll(programs.kept().values());
      state.forEach(each -> numbers.add(each.array().copy()));
    } else if (now - due < 0) {
      return;
    } else {
      keep();
    }
    epoch = nextEpoch;
    samples = nextSamples;
    step = nextStep;
    due = now + Math.max(EVERY, SHARE * (System.nanoTime() - now));
  }

  private void keep() {
    for (int i = 0; i < numbers.size(); i++) {
      Array now = state.get(i).array();
      System.arraycopy(now.data(), 0, numbers.get(i).data(), 0, now.length());
    }
  }

  private void takeBack() {
    for (int i = 0; i < numbers.size(); i++) {
      state.get(i).set(numbers.get(i));
    }
  }

  /**
   * Does again what was done since, and says where the first number came from that is none. The
   * parameters are left as they were before that step.
   */
  Optional<String> explain(long last, List<Event.Epoch> history) {
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    takeBack();
    while (step <= last) {
      keep();
      List<Batch> batches = course.batches(epoch, samples, history);
      double pace = course.pace(epoch, step, history);
      Mean loss = programs.learn(batches, pace, course.seed(step));
      boolean isWrong =
          !Double.isFinite(loss.value())
              || !programs.changing().stream().allMatch(Recorder::isFinite);
      if (isWrong) {
        takeBack();
        long number = step + 1;
        return NonFinite.in(programs, batches, pace, course.seed(step))
            .map(what -> "first wrong, at step %d: %s".formatted(number, what));
      }
      step++;
      samples += batches.stream().mapToInt(Batch::size).sum();
      if (samples == course.samples()) {
        samples = 0;
        epoch++;
      }
    }
    return Optional.empty();
  }

  static boolean isFinite(Parameter parameter) {
    Array array = parameter.array();
    return switch (array.data()) {
      case float[] numbers -> {
        for (float number : numbers) {
          if (!Float.isFinite(number)) {
            yield false;
          }
        }
        yield true;
      }
      case double[] numbers -> {
        for (double number : numbers) {
          if (!Double.isFinite(number)) {
            yield false;
          }
        }
        yield true;
      }
      default -> true;
    };
  }
}
