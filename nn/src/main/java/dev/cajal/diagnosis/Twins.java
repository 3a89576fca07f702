package dev.cajal.diagnosis;

import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Array;
import dev.cajal.train.Batch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Validation samples that are training samples too. */
final class Twins {
  /** What part of the validation samples makes their loss another one. */
  private static final double MANY = 0.05;

  private Twins() {}

  /** More of them than there are twins among the training samples themselves, as of coarse data. */
  static Optional<Finding> look(Outcome training, Outcome validation) {
    List<Long> rows = rows(training.all());
    Set<Long> known = new HashSet<>(rows);
    double usual = 1 - (double) known.size() / rows.size();
    List<Long> others = rows(validation.all());
    double found = (double) others.stream().filter(known::contains).count() / others.size();
    // Of the twins of samples that were not looked at nothing is known: they are as frequent.
    double twins = Math.min(1, found / training.part());
    if (twins < MANY + 3 * usual) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
                Illness.VALIDATION_EASIER,
                String.format(
                    Locale.ROOT,
                    "%.0f%% of the validation samples are training samples too, to the last digit",
                    100 * twins),
                Numbers.of("share of twins", twins))
            .innate(true));
  }

  /** Of each sample a number that no other has, but by a chance of one in billions. */
  private static List<Long> rows(Batch samples) {
    var rows = new ArrayList<Long>();
    for (int i = 0; i < samples.size(); i++) {
      rows.add(mixed(mixed(0, samples.x(), i, samples.size()), samples.y(), i, samples.size()));
    }
    return rows;
  }

  private static long mixed(long before, Array array, int row, int rows) {
    int width = array.length() / rows;
    long mixed = before;
    for (int k = 0; k < width; k++) {
      mixed = RandomStream.seedAt(mixed, Double.doubleToLongBits(array.at(row * width + k)));
    }
    return mixed;
  }
}
