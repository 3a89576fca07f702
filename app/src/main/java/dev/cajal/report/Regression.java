package dev.cajal.report;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Numbers that were predicted for test rows. All figures are computed from the cases.
 *
 * @param target what is predicted, with its unit if it has one: {@code price in €}
 * @param usual the mean of the training rows, which is the naive guess
 */
public record Regression(String target, double usual, List<Case> cases) implements Result {

  public Regression {
    cases = List.copyOf(cases);
  }

  /**
   * A test row.
   *
   * @param row how it is shown
   */
  public record Case(String row, double truth, double predicted) {
    double residual() {
      return truth - predicted;
    }
  }

  @Override
  public String verdict() {
    if (cases.isEmpty()) {
      return "There were no test rows.";
    }
    int lost = cases.size() - finite().size();
    if (lost > 0) {
      return "%s of %s predictions %s no number."
          .formatted(Numbers.count(lost), Numbers.count(cases.size()), lost == 1 ? "is" : "are");
    }
    double explained = explained();
    String off = "Off by %s on average".formatted(Numbers.brief(meanError()));
    if (Double.isNaN(explained)) {
      return off + ".";
    }
    return explained < 0
        ? off + "; worse than always answering the mean."
        : "%s; explains %s of the variance.".formatted(off, Numbers.share(explained));
  }

  /** The mean absolute error. */
  public double meanError() {
    return mean(each -> Math.abs(each.residual()));
  }

  /** The root of the mean squared error. */
  public double rootMeanSquare() {
    return Math.sqrt(mean(each -> square(each.residual())));
  }

  /** What part of the variance is explained, R²; not a number if there is no variance. */
  public double explained() {
    double mean = mean(Case::truth);
    double variance = mean(each -> square(each.truth() - mean));
    return variance > 0 ? 1 - mean(each -> square(each.residual())) / variance : Double.NaN;
  }

  /** The same of one who always says the mean of the training rows. */
  Regression naive() {
    return new Regression(
        target,
        usual,
        cases.stream().map(each -> new Case(each.row(), each.truth(), usual)).toList());
  }

  /** How much too low it is on average. */
  double bias() {
    return mean(Case::residual);
  }

  /** The furthest off first. */
  List<Case> misses() {
    return cases.stream()
        .sorted(
            Comparator.comparingDouble((Case each) ->
                Double.isNaN(each.residual())
                    ? Double.NEGATIVE_INFINITY
                    : -Math.abs(each.residual())))
        .toList();
  }

  /** Those that can be drawn. */
  List<Case> finite() {
    return cases.stream().filter(each -> Double.isFinite(each.residual())).toList();
  }

  private double mean(ToDoubleFunction<Case> of) {
    return cases.stream().mapToDouble(of).average().orElse(Double.NaN);
  }

  private static double square(double x) {
    return x * x;
  }
}
