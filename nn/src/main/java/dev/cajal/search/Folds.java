package dev.cajal.search;

import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Array;
import dev.cajal.train.Samples;
import dev.cajal.train.Scores;
import dev.cajal.train.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Samples in parts of about the same size, for cross-validation: a model for each part, which
 * learns from the others and is judged by that one.
 *
 * <pre>{@code
 * Folds folds = Folds.stratified(samples, 5, 1);
 * CrossValidation scores = folds.scores(() -> Trainer.of(new Classifier(4, 3), loss).epochs(50));
 * System.out.println(scores);  // loss 0.312 ± 0.021  …
 * }</pre>
 */
public final class Folds {
  /** So many samples are loaded at a time, to see their targets. */
  private static final int SAMPLES = 1024;

  private final Samples samples;

  /** The part of each sample. */
  private final int[] parts;

  private final int count;

  private Folds(Samples samples, int[] parts, int count) {
    this.samples = samples;
    this.parts = parts;
    this.count = count;
  }

  /** In random order. */
  public static Folds of(Samples samples, int count, long seed) {
    require(count, samples.size(), "samples");
    var parts = new int[samples.size()];
    int[] order = order(samples.size(), seed);
    for (int i = 0; i < order.length; i++) {
      parts[order[i]] = i % count;
    }
    return new Folds(samples, parts, count);
  }

  /** In random order, and of every class, or whatever the targets are, as many in each part. */
  public static Folds stratified(Samples samples, int count, long seed) {
    require(count, samples.size(), "samples");
    Map<List<Double>, List<Integer>> classes = new LinkedHashMap<>();
    List<List<Double>> targets =
        samples
            .inBatches(SAMPLES)
            .flatMap(some -> IntStream.range(0, some.size()).mapToObj(i -> row(some.y(), i)))
            .toList();
    for (int position : order(samples.size(), seed)) {
      classes.computeIfAbsent(targets.get(position), _ -> new ArrayList<>()).add(position);
    }
    var parts = new int[samples.size()];
    int next = 0;
    for (List<Integer> those : classes.values()) {
      for (int position : those) {
        parts[position] = next++ % count;
      }
    }
    return new Folds(samples, parts, count);
  }

  /**
   * Samples of a group, such as those of one patient, stay together: nothing is judged by what is
   * nearly known.
   *
   * @param groups the number of each sample's group
   */
  public static Folds grouped(Samples samples, int[] groups, int count, long seed) {
    if (groups.length != samples.size()) {
      throw new IllegalArgumentException(
          "folds: %d numbers of groups for %d samples".formatted(groups.length, samples.size()));
    }
    Map<Integer, List<Integer>> members = new LinkedHashMap<>();
    for (int position : order(samples.size(), seed)) {
      members.computeIfAbsent(groups[position], _ -> new ArrayList<>()).add(position);
    }
    require(count, members.size(), "groups");
    var parts = new int[samples.size()];
    var sizes = new int[count];
    // The largest first, each to the part that has least: the rest evens out.
    members.values().stream()
        .sorted(Comparator.<List<Integer>>comparingInt(List::size).reversed())
        .forEach(those -> {
          int least =
              IntStream.range(0, count)
                  .boxed()
                  .min(Comparator.comparingInt(part -> sizes[part]))
                  .orElseThrow();
          sizes[least] += those.size();
          those.forEach(position -> parts[position] = least);
        });
    return new Folds(samples, parts, count);
  }

  private static void require(int count, int most, String what) {
    if (count < 2) {
      throw new IllegalArgumentException("folds: there are at least 2, not " + count);
    }
    if (count > most) {
      throw new IllegalArgumentException("folds: %d of %d %s".formatted(count, most, what));
    }
  }

  private static int[] order(int size, long seed) {
    return RandomStream.of(seed, "folds").permutation(size);
  }

  private static List<Double> row(Array array, int position) {
    int width = array.length() / array.shape().numbers()[0];
    return IntStream.range(position * width, (position + 1) * width).mapToObj(array::at).toList();
  }

  public int count() {
    return count;
  }

  /** The positions of the samples that a fold is judged by, from small to large. */
  public int[] positions(int fold) {
    return IntStream.range(0, parts.length).filter(i -> parts[i] == fold).toArray();
  }

  /** The samples of a fold, from 0 on. */
  public Fold fold(int number) {
    int[] others = IntStream.range(0, parts.length).filter(i -> parts[i] != number).toArray();
    return new Fold(samples.those(others), samples.those(positions(number)));
  }

  /**
   * How well a model does on each part, after it has learned from the others.
   *
   * @param trainer one with a new model, each time it is asked
   */
  public CrossValidation scores(Supplier<Trainer> trainer) {
    var models = new Models();
    Scores[] scores = new Scores[count];
    Arrays.setAll(
        scores,
        i -> {
          Fold fold = fold(i);
          return models
              .requireNew(trainer.get(), "fold " + (i + 1))
              .fit(fold.training(), fold.validation())
              .test(fold.validation());
        });
    return new CrossValidation(List.of(scores));
  }
}
