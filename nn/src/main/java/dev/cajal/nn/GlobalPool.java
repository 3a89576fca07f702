package dev.cajal.nn;

import dev.cajal.tensor.Tensor;
import java.util.stream.IntStream;

/** One number a channel, from all of its places: x {@code [batch, spatial…, channels]}. */
public enum GlobalPool implements Layer {
  MAX {
    @Override
    public Tensor apply(Tensor x) {
      return x.max(places(x));
    }
  },
  AVERAGE {
    @Override
    public Tensor apply(Tensor x) {
      return x.mean(places(x));
    }
  };

  private static int[] places(Tensor x) {
    if (x.rank() < 3) {
      throw new IllegalArgumentException(
          "global pool: %s has no places between batch and channels".formatted(x.brief()));
    }
    return IntStream.range(1, x.rank() - 1).toArray();
  }
}
