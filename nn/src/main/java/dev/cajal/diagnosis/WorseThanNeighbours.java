package dev.cajal.diagnosis;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Under-fitting that a simpler method shows: neighbours know more than the network does. */
final class WorseThanNeighbours {
  /** By fewer samples a comparison tells nothing. */
  private static final int FEWEST = 50;

  /** What part of the samples, or of the variance, neighbours must know better. */
  private static final double BETTER = 0.1;

  /** How many deviations of what chance does make it something else. */
  private static final double SURE = 4;

  private WorseThanNeighbours() {}

  static Optional<Finding> look(Outcome all) {
    int rows = all.samples().size();
    int features = all.samples().x().length() / rows;
    int compared = Math.min(rows, Neighbours.compared(rows, features));
    boolean isOfFloats = all.samples().x().dtype().isFloat();
    if (compared < FEWEST || !isOfFloats || !isComparable(all)) {
      return Optional.empty();
    }
    double[][] truth = truth(all);
    double[][] answers = answers(all);
    double[] weights = weights(all);
    var neighbours = Neighbours.of(all.samples(), weighted(truth, weights));
    var own = new double[compared];
    var theirs = new double[compared];
    var better = new double[compared];
    for (int i = 0; i < compared; i++) {
      int sample = (int) ((long) i * rows / compared);
      double[] guess = neighbours.guess(sample);
      own[i] = weights[sample] * error(all, answers[sample], truth[sample]);
      theirs[i] = weights[sample] * error(all, guess, truth[sample]);
      better[i] = own[i] - theirs[i];
    }
    double gain = Numbers.mean(better);
    double chance = Math.sqrt(Numbers.variance(better) / compared);
    if (gain < BETTER * scale(all, truth) || gain < SURE * chance) {
      return Optional.empty();
    }
    return Optional.of(finding(all, Numbers.mean(own), Numbers.mean(theirs)));
  }

  private static Finding finding(Outcome all, double own, double theirs) {
    boolean isWeighted = Arrays.stream(all.weights()).distinct().count() > 1;
    String evidence =
        all.classes() > 0
            ? String.format(
                Locale.ROOT,
                "the network takes %.1f%% of the training samples%s for the wrong class, and the"
                    + " five nearest other samples %.1f%%",
                100 * own,
                isWeighted ? ", weighted as in the loss," : "",
                100 * theirs)
            : String.format(
                Locale.ROOT,
                "the mean squared error of training samples is %.3g, and that of the mean of the"
                    + " five nearest others %.3g",
                own,
                theirs);
    return Finding.of(
        Illness.UNDER_FITTING,
        evidence,
        Numbers.of("error", own).and("error of neighbours", theirs));
  }

  private static boolean isComparable(Outcome all) {
    return all.classes() > 0 || (all.isOfNumbers() && all.samples().weight().isEmpty());
  }

  /** How much the sample of a class counts, with a mean of 1; numbers count alike. */
  private static double[] weights(Outcome all) {
    double[] weights = all.weights().clone();
    double mean = Numbers.mean(weights);
    if (all.classes() == 0 || !(mean > 0)) {
      weights = new double[all.samples().size()];
      mean = 1;
      Arrays.fill(weights, 1);
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= mean;
    }
    return weights;
  }

  private static double[][] weighted(double[][] rows, double... weights) {
    var all = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      double weight = weights[i];
      all[i] = Arrays.stream(rows[i]).map(each -> each * weight).toArray();
    }
    return all;
  }

  /** Classes as ones among zeros, and numbers as they are. */
  private static double[][] truth(Outcome all) {
    int rows = all.samples().size();
    if (all.classes() > 0) {
      return ones(all.labels(), all.classes());
    }
    return rows(all.samples().y().toDoubles(), rows);
  }

  private static double[][] answers(Outcome all) {
    return all.classes() > 0
        ? ones(all.predictions(), all.classes())
        : rows(all.output().toDoubles(), all.samples().size());
  }

  private static double[][] ones(int[] labels, int classes) {
    var rows = new double[labels.length][classes];
    for (int i = 0; i < labels.length; i++) {
      rows[i][labels[i]] = 1;
    }
    return rows;
  }

  private static double[][] rows(double[] numbers, int rows) {
    int width = numbers.length / rows;
    var all = new double[rows][width];
    for (int i = 0; i < numbers.length; i++) {
      all[i / width][i % width] = numbers[i];
    }
    return all;
  }

  /** Of classes 1 or 0, of numbers the mean square. */
  private static double error(Outcome all, double[] guess, double[] truth) {
    if (all.classes() > 0) {
      return truth[Numbers.most(guess)] == 1 ? 0 : 1;
    }
    double sum = 0;
    for (int i = 0; i < guess.length; i++) {
      sum += (guess[i] - truth[i]) * (guess[i] - truth[i]);
    }
    return sum / guess.length;
  }

  /** The variance of numbers; of classes, all samples. */
  private static double scale(Outcome all, double[][] truth) {
    if (all.classes() > 0) {
      return 1;
    }
    double sum = 0;
    for (int i = 0; i < truth[0].length; i++) {
      int column = i;
      sum += Numbers.variance(Arrays.stream(truth).mapToDouble(row -> row[column]).toArray());
    }
    return sum / truth[0].length;
  }
}
