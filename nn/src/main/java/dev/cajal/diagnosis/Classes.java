package dev.cajal.diagnosis;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
    return chart.training().filter(its -> its.classes() > 0).map(this::never).orElse(List.of());
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
                "%d of %d training samples are of %s, and of those and the validation samples %d are taken for it"
                    .formatted(
                        there[first], training.samples().size(), missing.getFirst(), said[first]),
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
