package dev.cajal.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** Fewer points, that look the same: of each stretch, the first, the lowest and the highest. */
final class Thinning {
  static final int STRETCHES = 120;

  private Thinning() {}

  /** Those of a list that stay, for curves of several values. */
  static <T> List<T> of(List<T> all, List<ToDoubleFunction<T>> values) {
    if (all.size() <= 3 * STRETCHES) {
      return all;
    }
    var kept = new TreeSet<Integer>();
    kept.add(all.size() - 1);
    for (int k = 0; k < STRETCHES; k++) {
      int from = (int) ((long) all.size() * k / STRETCHES);
      int to = (int) ((long) all.size() * (k + 1) / STRETCHES);
      kept.add(from);
      for (ToDoubleFunction<T> value : values) {
        int least = from;
        int most = from;
        for (int i = from; i < to; i++) {
          double here = value.applyAsDouble(all.get(i));
          least = here < value.applyAsDouble(all.get(least)) ? i : least;
          most = here > value.applyAsDouble(all.get(most)) ? i : most;
        }
        kept.add(least);
        kept.add(most);
      }
    }
    var some = new ArrayList<T>();
    kept.forEach(i -> some.add(all.get(i)));
    return some;
  }

  /** At most so many, evenly. */
  static <T> List<T> evenly(List<T> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    var some = new ArrayList<T>();
    for (int k = 0; k < most; k++) {
      some.add(all.get((int) ((long) k * (all.size() - 1) / (most - 1))));
    }
    return some;
  }
}
