package dev.cajal.workbench;

import dev.cajal.data.prepare.Feature;
import dev.cajal.data.prepare.Preparation;
import dev.cajal.data.prepare.Target;
import dev.cajal.random.RandomStream;
import dev.cajal.report.Importance;
import dev.cajal.tensor.Array;
import dev.cajal.train.Batch;
import dev.cajal.train.Metrics;
import dev.cajal.train.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a network looks at: how much worse it gets when the values of one column change places among
 * the rows (Breiman, 2001).
 */
final class Permutations {
  /** Of more rows only some are looked at. */
  private static final int ROWS = 1000;

  /** So many answers are asked for at most, over all columns. */
  private static final int ANSWERS = 200_000;

  private static final int FEWEST_ROWS = 10;

  private final Preparation preparation;
  private final Batch test;
  private final UnaryOperator<Array> predict;

  Permutations(Preparation preparation, Samples test, UnaryOperator<Array> predict) {
    this.preparation = preparation;
    int columns = preparation.features().size();
    this.test = test.some(Math.clamp(ANSWERS / Math.max(1, columns), 100, ROWS));
    this.predict = predict;
  }

  /** None where there are hardly any rows. */
  Optional<Importance> importance() {
    if (test.size() < FEWEST_ROWS) {
      return Optional.empty();
    }
    boolean isOfClasses = preparation.target() instanceof Target.Classes;
    int columns = preparation.features().size();
    int repeats = Math.clamp(ANSWERS / Math.max(1, (long) columns * test.size()), 2, 10);
    double before = measure(test.x());
    var all = new ArrayList<Importance.Feature>();
    int at = 0;
    for (Feature feature : preparation.features()) {
      double[] drops = new double[repeats];
      for (int repeat = 0; repeat < repeats; repeat++) {
        drops[repeat] = before - measure(shuffled(at, feature.width(), repeat));
      }
      double mean = Arrays.stream(drops).average().orElse(0);
      double variance =
          Arrays.stream(drops).map(drop -> (drop - mean) * (drop - mean)).sum() / (repeats - 1);
      all.add(new Importance.Feature(feature.column(), mean, Math.sqrt(variance)));
      at += feature.width();
    }
    return Optional.of(new Importance(isOfClasses ? "accuracy" : "R²", repeats, all));
  }

  private Array shuffled(int first, int width, int repeat) {
    int[] order = RandomStream.of(repeat, "importance").derive(first).permutation(test.size());
    var copy = test.x().copy();
    var numbers = (float[]) copy.data();
    int all = preparation.width();
    for (int row = 0; row < order.length; row++) {
      for (int k = first; k < first + width; k++) {
        numbers[row * all + k] = (float) test.x().at(order[row] * all + k);
      }
    }
    return copy;
  }

  private double measure(Array x) {
    Array outputs = predict.apply(x);
    return preparation.target() instanceof Target.Classes
        ? accuracy(Metrics.predictions(outputs), test.y().toInts())
        : Metrics.r2(outputs.toDoubles(), test.y().toDoubles());
  }

  private static double accuracy(int[] said, int[] labels) {
    long right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += said[i] == labels[i] ? 1 : 0;
    }
    return (double) right / labels.length;
  }
}
