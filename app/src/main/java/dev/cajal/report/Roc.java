package dev.cajal.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many of a class are found, against how many others are taken for it, as the threshold falls.
 *
 * @param points from (0, 0) to (1, 1); none if all rows are of the class, or none is
 * @param area under the curve: how probable it is that one of the class scores higher than another
 */
record Roc(List<Point> points, double area) {

  /**
   * What part is found, of the class and wrongly of others, by scores of at least a threshold.
   *
   * @param wrongly the false-positive rate
   * @param found the true-positive rate
   */
  record Point(double wrongly, double found, double threshold) {}

  private record Score(double score, boolean isOfClass) {}

  /** Of one class against all others. */
  static Roc of(Answers answers, int its) {
    return of(
        IntStream.range(0, answers.count())
            .mapToObj(i -> new Score(answers.probability(i, its), answers.label(i) == its))
            .filter(score -> !Double.isNaN(score.score))
            .sorted(Comparator.comparingDouble((Score score) -> -score.score))
            .toList());
  }

  private static Roc of(List<Score> falling) {
    long positive = falling.stream().filter(Score::isOfClass).count();
    long negative = falling.size() - positive;
    if (positive == 0 || negative == 0) {
      return new Roc(List.of(), Double.NaN);
    }
    var points = new ArrayList<Point>();
    points.add(new Point(0, 0, Double.POSITIVE_INFINITY));
    double area = 0;
    long found = 0;
    long wrongly = 0;
    for (int i = 0; i < falling.size(); i++) {
      Score score = falling.get(i);
      found += score.isOfClass ? 1 : 0;
      wrongly += score.isOfClass ? 0 : 1;
      // Rows of the same score come together: no threshold tells them apart.
      if (i + 1 == falling.size() || falling.get(i + 1).score != score.score) {
        var point = new Point((double) wrongly / negative, (double) found / positive, score.score);
        Point before = points.getLast();
        area += (point.wrongly - before.wrongly) * (point.found + before.found) / 2;
        points.add(point);
      }
    }
    return new Roc(List.copyOf(points), area);
  }

  /** What part of the class is found when so many others are taken for it. */
  double foundAt(double wrongly) {
    Point before = points.getFirst();
    for (Point point : points) {
      if (point.wrongly > wrongly) {
        double part = (wrongly - before.wrongly) / (point.wrongly - before.wrongly);
        return before.found + part * (point.found - before.found);
      }
      before = point;
    }
    return 1;
  }

  /** The corners alone, and of those no more than can be seen. */
  List<Point> drawn() {
    var corners = new ArrayList<Point>();
    for (int i = 0; i < points.size(); i++) {
      boolean isCorner =
          i == 0
              || i + 1 == points.size()
              || turns(points.get(i - 1), points.get(i), points.get(i + 1));
      if (isCorner) {
        corners.add(points.get(i));
      }
    }
    return Thinning.evenly(corners, 240);
  }

  private static boolean turns(Point a, Point b, Point c) {
    double cross =
        ((b.wrongly - a.wrongly) * (c.found - b.found))
            - ((b.found - a.found) * (c.wrongly - b.wrongly));
    return Math.abs(cross) > 1e-15;
  }

  /** The mean of several curves, and of their areas. */
  static Roc mean(List<Roc> some) {
    List<Roc> defined = some.stream().filter(roc -> !roc.points.isEmpty()).toList();
    if (defined.isEmpty()) {
      return new Roc(List.of(), Double.NaN);
    }
    int steps = 100;
    var points = new ArrayList<Point>();
    points.add(new Point(0, 0, Double.NaN));
    for (int k = 0; k <= steps; k++) {
      double wrongly = (double) k / steps;
      double found =
          defined.stream().mapToDouble(roc -> roc.foundAt(wrongly)).average().orElse(Double.NaN);
      points.add(new Point(wrongly, found, Double.NaN));
    }
    double area = defined.stream().mapToDouble(Roc::area).average().orElse(Double.NaN);
    return new Roc(List.copyOf(points), area);
  }
}
