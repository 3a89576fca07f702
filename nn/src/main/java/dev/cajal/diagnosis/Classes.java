package dev.cajal.diagnosis;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether the network knows all classes that there are. */
record Classes(Chart chart) implements Examination {
  /** Of a class with fewer samples nobody expects that it is learned. */
  private static final int FEWEST = 5;

  /** Who says so once where it were right ten times says so by mistake. */
  private static final int HARDLY_EVER = 10;

  @Override
  public Set<Illness> examined() {
    return chart.training().filter(its -> its.classes() > 0).isPresent()
        ? EnumSet.of(Illness.CLASSES_NEVER_PREDICTED)
        : Set.of();
  }

  @Override
  public List<Finding> findings() {
    return chart.training().filter(its -> its.classes() > 0).map(this::of).orElse(List.of());
  }

  private List<Finding> of(Outcome training) {
    List<Finding> unheard =
        chart
            .validation()
            .filter(_ -> training.part() == 1)
            .map(validation -> unheard(training, validation))
            .orElse(List.of());
    return unheard.isEmpty() ? never(training) : unheard;
  }

  /** Classes of validation samples alone, as where samples lay in order and were divided so. */
  private static List<Finding> unheard(Outcome training, Outcome validation) {
    int[] known = counts(training.allLabels(), training.classes());
    int[] there = counts(validation.allLabels(), training.classes());
    var missing = new ArrayList<String>();
    Numbers numbers = Numbers.of("validation samples", validation.all().size());
    int first = -1;
    for (int i = 0; i < there.length; i++) {
      if (known[i] == 0 && there[i] >= FEWEST) {
        missing.add("class " + i);
        numbers = numbers.and("class " + i, there[i]);
        first = first < 0 ? i : first;
      }
    }
    return missing.isEmpty()
        ? List.of()
        : List.of(
            Finding.of(
                    Illness.CLASSES_NEVER_PREDICTED,
                    String.format(
                        Locale.ROOT,
                        "%d of %d validation samples%s are of class %d, and no training sample is",
                        there[first],
                        validation.all().size(),
                        validation.part() == 1 ? "" : " that were looked at",
                        first),
                    numbers)
                .at(missing)
                .trying("divide the samples at random, or so that each part has all classes")
                .innate(true));
  }

  private List<Finding> never(Outcome training) {
    int[] there = counts(training.labels(), training.classes());
    int[] said = counts(training.predictions(), training.classes());
    chart
        .validation()
        .ifPresent(validation -> {
          for (int prediction : validation.predictions()) {
            said[prediction]++;
          }
        });
    var missing = new ArrayList<String>();
    Numbers numbers = Numbers.of("samples", training.samples().size());
    for (int i = 0; i < there.length; i++) {
      if (there[i] >= FEWEST && HARDLY_EVER * said[i] < there[i]) {
        missing.add("class " + i);
        numbers = numbers.and("class " + i, there[i]);
      }
    }
    if (missing.isEmpty()) {
      return List.of();
    }
    int first = Integer.parseInt(missing.getFirst().substring("class ".length()));
    return List.of(
        Finding.of(
                Illness.CLASSES_NEVER_PREDICTED,
                String.format(
                    Locale.ROOT,
                    "%d of %d training samples are of %s, and of those and the validation samples"
                        + " %d are taken for it",
                    there[first],
                    training.samples().size(),
                    missing.getFirst(),
                    said[first]),
                numbers)
            .at(missing));
  }

  private static int[] counts(int[] labels, int classes) {
    var counts = new int[classes];
    for (int label : labels) {
      if (label >= 0 && label < classes) {
        counts[label]++;
      }
    }
    return counts;
  }
}
