package dev.cajal.diagnosis;

import static dev.cajal.diagnosis.Illness.CONSTANT_FEATURES;
import static dev.cajal.diagnosis.Illness.LEAKING_FEATURES;

import dev.cajal.tensor.Array;
import dev.cajal.train.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Whether features say nothing, or too much. */
record Features(Chart chart) implements Examination {
  /** By fewer samples nothing is told. */
  private static final int FEWEST = 30;

  /** With more features it would take long. */
  private static final int MOST = 2000;

  /** Where there are so many, they are hardly each of another kind. */
  private static final int ALIKE = 32;

  /** What part of them is no accident. */
  private static final double MARGIN = 0.1;

  /** How much of what there is to know one feature must tell: all but what noise may hide. */
  private static final double NEARLY_ALL = 0.98;

  /**
   * How many times as much the next feature must leave open: where several tell the target, it is
   * only an easy one.
   */
  private static final double LEAVES_MORE = 10;

  /** Less than this is not told from nothing by some hundred samples. */
  private static final double NOTHING = 0.005;

  @Override
  public Set<Illness> examined() {
    var looked = EnumSet.noneOf(Illness.class);
    tabular()
        .ifPresent(training -> {
          looked.add(CONSTANT_FEATURES);
          if (canLeak(training)) {
            looked.add(LEAKING_FEATURES);
          }
        });
    return looked;
  }

  private Optional<Outcome> tabular() {
    return chart.training().filter(its -> its.isOfFeatures() && its.samples().size() >= FEWEST);
  }

  private static boolean canLeak(Outcome training) {
    int features = width(training.samples());
    boolean isOneTarget = training.samples().y().length() == training.samples().size();
    return features > 1
        && features <= MOST
        && isOneTarget
        && (training.classes() > 0 || training.isOfNumbers());
  }

  private static int width(Batch samples) {
    return samples.x().length() / Math.max(1, samples.size());
  }

  /** {@code petal_width} where features have names, {@code feature 3} where they do not. */
  private static String name(Outcome training, int feature) {
    List<String> names = training.all().features();
    return names.isEmpty() ? "feature " + feature : names.get(feature);
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    tabular().flatMap(Features::constant).ifPresent(found::add);
    tabular().filter(Features::canLeak).flatMap(this::leaking).ifPresent(found::add);
    return found;
  }

  /**
   * Among many features that are alike, as pixels of a flattened image or counts of words, some
   * stay at one value for no mistake: a margin, which is many of them, or a pixel that is never
   * lit, whose value is the least of most others too.
   */
  private static boolean isMargin(Outcome training, Collection<Double> constants) {
    Array x = training.all().x();
    int width = width(training.all());
    if (width < ALIKE || constants.size() > MARGIN * width) {
      return width >= ALIKE;
    }
    double[] least = new double[width];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int i = 0; i < x.length(); i++) {
      least[i % width] = Math.min(least[i % width], x.at(i));
    }
    return constants.stream()
        .allMatch(value -> Arrays.stream(least).filter(its -> its == value).count() > width / 2);
  }

  private static Optional<Finding> constant(Outcome training) {
    Array x = training.all().x();
    int width = width(training.all());
    var same = new ArrayList<String>();
    Numbers numbers = Numbers.of("samples", training.all().size());
    for (int feature = 0; feature < width; feature++) {
      boolean isSame = true;
      for (int i = feature + width; i < x.length() && isSame; i += width) {
        isSame = x.at(i) == x.at(feature);
      }
      if (isSame) {
        same.add(name(training, feature));
        numbers = numbers.and(name(training, feature), x.at(feature));
      }
    }
    List<Double> values = same.stream().map(numbers.byName()::get).toList();
    return same.isEmpty() || isMargin(training, values)
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                    CONSTANT_FEATURES,
                    String.format(
                        Locale.ROOT,
                        "%s is %.4g in all %d training samples%s",
                        same.getFirst(),
                        numbers.byName().get(same.getFirst()),
                        training.all().size(),
                        training.part() == 1 ? "" : " that were looked at"),
                    numbers)
                .at(same)
                .innate(true));
  }

  private Optional<Finding> leaking(Outcome training) {
    Outcome judge =
        chart.validation().filter(its -> its.samples().size() >= FEWEST).orElse(training);
    var skills = new double[width(training.samples())];
    for (int feature = 0; feature < skills.length; feature++) {
      skills[feature] = OneFeature.of(training, feature).skill(judge);
    }
    int[] order =
        IntStream.range(0, skills.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -skills[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    // The label may be there twice, or as another unit: those that tell all are taken together.
    int telling = (int) Arrays.stream(skills).filter(skill -> skill > NEARLY_ALL).count();
    if (telling == 0 || 2 * telling > skills.length) {
      return Optional.empty();
    }
    double next = skills[order[telling]];
    boolean isAlone = 1 - next > LEAVES_MORE * Math.max(NOTHING, 1 - skills[order[telling - 1]]);
    List<String> names = Arrays.stream(order, 0, telling).mapToObj(i -> name(training, i)).toList();
    return !isAlone
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                    LEAKING_FEATURES,
                    String.format(
                        Locale.ROOT,
                        "%s alone tells %.1f%% of what there is to know of the target%s, and no"
                            + " other more than %.1f%%",
                        names.getFirst(),
                        100 * skills[order[0]],
                        telling == 1
                            ? ""
                            : ", and so nearly "
                                + (telling == 2 ? "does " : "do ")
                                + String.join(", ", names.subList(1, telling)),
                        100 * Math.max(0, next)),
                    Numbers.of("share it tells", skills[order[0]])
                        .and("share the next tells", next))
                .at(names)
                .innate(true));
  }
}
