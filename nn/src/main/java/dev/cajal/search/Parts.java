package dev.cajal.search;

import dev.cajal.train.Samples;
import java.util.function.IntFunction;

/** The samples that each trial is judged by: of one split, or of several folds. */
record Parts(int count, IntFunction<Fold> part) {

  static Parts of(Samples training, Samples validation) {
    var one = new Fold(training, validation);
    return new Parts(1, _ -> one);
  }

  static Parts of(Folds folds) {
    return new Parts(folds.count(), folds::fold);
  }

  /** A number that other samples hardly have. */
  long checksum() {
    long checksum = 0;
    for (int i = 0; i < count; i++) {
      Fold fold = part.apply(i);
      checksum = 31 * checksum + fold.training().checksum();
      checksum = 31 * checksum + fold.validation().checksum();
    }
    return checksum;
  }
}
