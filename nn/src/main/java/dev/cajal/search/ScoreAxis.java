package dev.cajal.search;

import java.util.List;
import java.util.stream.DoubleStream;

/** The axis of scores: on a logarithmic scale if they are of different orders of magnitude. */
final class ScoreAxis {
  private static final double ORDERS = 10;

  /** How far the worst may be from the best, in distances of most from the best. */
  private static final double REACH = 2.5;

  private static final double PADDING = 0.06;

  private ScoreAxis() {}

  /** So that most scores have most of the room; a few may be beyond it. */
  static Axis of(Goal goal, List<Trial> trials) {
    double[] scores =
        trials.stream()
            .flatMapToDouble(trial ->
                trial.outcome() instanceof Outcome.Scored scored
                    ? DoubleStream.of(scored.score())
                    : DoubleStream.empty())
            .sorted()
            .toArray();
    if (scores.length == 0) {
      return new Axis(Scale.LINEAR, 0, 1);
    }
    double least = scores[0];
    double most = scores[scores.length - 1];
    Scale scale = least > 0 && most / least > ORDERS ? Scale.LOG : Scale.LINEAR;
    double low = scale.position(least);
    double high = scale.position(most);
    if (goal.isBetterLarger()) {
      double quarter = scale.position(scores[scores.length / 4]);
      low = Math.max(low, high - REACH * Math.max(high - quarter, (high - low) / 10));
    } else {
      double quarter = scale.position(scores[scores.length * 3 / 4]);
      high = Math.min(high, low + REACH * Math.max(quarter - low, (high - low) / 10));
    }
    double padding = PADDING * (high - low);
    // The same, but perhaps for rounding.
    if (high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high))) {
      padding = Math.max(1e-9, Math.abs(high) / 10);
    }
    return new Axis(scale, finite(scale, low - padding), finite(scale, high + padding));
  }

  private static double finite(Scale scale, double position) {
    double least = scale == Scale.LOG ? Double.MIN_NORMAL : -Double.MAX_VALUE;
    return Math.clamp(scale.number(position), least, Double.MAX_VALUE);
  }
}
