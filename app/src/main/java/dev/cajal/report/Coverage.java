package dev.cajal.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often a classifier is right about the rows that it is surest of, where somebody else decides
 * the others.
 *
 * @param points by falling sureness; rows of the same sureness are one
 */
record Coverage(List<Point> points) {

  /**
   * What part of the rows is decided, and what part of those is right.
   *
   * @param sureness that a row must have to be decided
   */
  record Point(double decided, double right, double sureness) {}

  static Coverage of(Classification its) {
    Answers answers = its.answers();
    List<Integer> surest =
        IntStream.range(0, answers.count())
            .boxed()
            .filter(i -> !Double.isNaN(its.sureness(i)))
            .sorted(Comparator.comparingDouble((Integer i) -> -its.sureness(i)))
            .toList();
    var points = new ArrayList<Point>();
    double right = 0;
    for (int k = 0; k < surest.size(); k++) {
      int i = surest.get(k);
      right += answers.label(i) == answers.prediction(i) ? 1 : 0;
      if (k + 1 == surest.size() || its.sureness(surest.get(k + 1)) != its.sureness(i)) {
        points.add(new Point((k + 1.0) / answers.count(), right / (k + 1.0), its.sureness(i)));
      }
    }
    return new Coverage(List.copyOf(points));
  }

  /** What part is right of the surest rows, when at least so many are decided. */
  double rightAt(double decided) {
    return points.stream()
        .filter(point -> point.decided >= decided - 1e-12)
        .mapToDouble(Point::right)
        .findFirst()
        .orElse(Double.NaN);
  }
}
