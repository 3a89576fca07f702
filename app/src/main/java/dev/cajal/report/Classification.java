package dev.cajal.report;

import dev.cajal.report.Data.ClassCount;
import dev.cajal.train.ConfusionMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Classes that were predicted for test rows. All figures are computed from the answers.
 *
 * @param classes in the order of their numbers; the naive guess goes by those of the training rows
 */
public record Classification(List<ClassCount> classes, Answers answers) implements Result {
  private static final double LEAST_PROBABILITY = 1e-15;

  public Classification {
    classes = List.copyOf(classes);
    answers.requireClasses(classes.size());
  }

  @Override
  public String verdict() {
    if (answers.count() == 0) {
      return "There were no test rows.";
    }
    return "Right on %s of %s test rows (%s)."
        .formatted(
            Numbers.count(right()),
            Numbers.count(answers.count()),
            Numbers.percent(matrix().accuracy()));
  }

  /** How many rows got the right class. */
  public long right() {
    return IntStream.range(0, answers.count())
        .filter(i -> answers.label(i) == answers.prediction(i))
        .count();
  }

  /** The part of the rows that got the right class. */
  public double accuracy() {
    return matrix().accuracy();
  }

  /** The mean of the classes' F1. */
  public double macroF1() {
    return matrix().macroF1();
  }

  ConfusionMatrix matrix() {
    return ConfusionMatrix.of(answers.labels(), answers.predictions(), classes.size());
  }

  String name(int its) {
    return classes.get(its).name();
  }

  boolean isBinary() {
    return classes.size() == 2;
  }

  /** The mean of what the right class's probability is short of one, as a logarithm. */
  public double logLoss() {
    return IntStream.range(0, answers.count())
        .mapToDouble(i -> loss(answers.probability(i, answers.label(i))))
        .average()
        .orElse(Double.NaN);
  }

  /** The log-loss of one who knows no more than how frequent each class is. */
  double naiveLogLoss() {
    double all = (double) classes.stream().mapToLong(ClassCount::training).sum();
    return all == 0
        ? Double.NaN
        : IntStream.range(0, answers.count())
            .mapToDouble(i -> loss(classes.get(answers.label(i)).training() / all))
            .average()
            .orElse(Double.NaN);
  }

  private static double loss(double probability) {
    return -Math.log(Math.max(LEAST_PROBABILITY, probability));
  }

  /** The class that most training rows are of. */
  int usual() {
    return IntStream.range(0, classes.size())
        .boxed()
        .max(
            Comparator.<Integer>comparingLong(its -> classes.get(its).training())
                .thenComparing(Comparator.reverseOrder()))
        .orElse(0);
  }

  /** The matrix of one who always says the usual class. */
  ConfusionMatrix naive() {
    int usual = usual();
    return ConfusionMatrix.of(
        answers.labels(),
        IntStream.range(0, answers.count()).map(_ -> usual).toArray(),
        classes.size());
  }

  /** The numbers of rows that it was wrong about, the surest first. */
  List<Integer> mistakes() {
    return IntStream.range(0, answers.count())
        .filter(i -> answers.label(i) != answers.prediction(i))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -sureness(i)))
        .toList();
  }

  /** How probable the predicted class is said to be. */
  double sureness(int i) {
    return answers.probability(i, answers.prediction(i));
  }
}
