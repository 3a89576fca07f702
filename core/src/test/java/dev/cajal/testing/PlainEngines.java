package dev.cajal.testing;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Engines that compute as honestly as single precision allows, each in another way. */
final class PlainEngines {
  private PlainEngines() {}

  /** Each result is rounded once. */
  static Engine rounding() {
    return new PlainEngine((_, _, exact, _) -> exact);
  }

  /** Each result is off by as much as an operation may be, in a random direction. */
  static Engine sloppy(long seed) {
    var random = new SplittableRandom(seed);
    return new PlainEngine((node, in, exact, context) -> {
      double[] allowed = allowed(node, in, context);
      double[] found = exact.clone();
      for (int i = 0; i < found.length; i++) {
        boolean free = Double.isFinite(allowed[i]) && allowed[i] > 0;
        found[i] += free ? allowed[i] * (random.nextInt(3) - 1) : 0;
      }
      return found;
    });
  }

  /** What an operation is granted on inputs that are exactly as they are. */
  private static double[] allowed(Tensor node, List<Array> in, Bindings context) {
    var tolerance = new Tolerance(context);
    var leaves = new ArrayList<Tensor>();
    for (Array array : in) {
      Tensor like = node.inputs().get(leaves.size());
      Tensor leaf = Tensor.input("x" + leaves.size(), like.dtype(), like.shape().sizes().toArray());
      tolerance.give(leaf, array);
      leaves.add(leaf);
    }
    return tolerance.add(node.withInputs(leaves)).errors();
  }

  /** Sums and products are added one after the other in f32, forwards or backwards. */
  static Engine adding(boolean backwards) {
    return new PlainEngine((node, in, exact, _) ->
        switch (node.op()) {
          case Op.Sum(var axes) when node.dtype() == DType.F32 ->
              sum(in.getFirst(), axes, exact.length, backwards);
          case Op.MatMul _ when node.dtype() == DType.F32 ->
              matmul(in.getFirst(), in.getLast(), backwards);
          default -> exact;
        });
  }

  private static double[] sum(Array x, List<Integer> axes, int results, boolean backwards) {
    var sums = new float[results];
    int[] sizes = x.shape().numbers();
    for (int i = 0; i < x.length(); i++) {
      int from = backwards ? x.length() - 1 - i : i;
      int left = from;
      int to = 0;
      int stride = 1;
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        if (!axes.contains(axis)) {
          to += stride * (left % sizes[axis]);
          stride *= sizes[axis];
        }
        left /= sizes[axis];
      }
      sums[to] += (float) x.at(from);
    }
    return Array.of(sums).toDoubles();
  }

  private static double[] matmul(Array x, Array y, boolean backwards) {
    int[] left = x.shape().numbers();
    int rows = left[left.length - 2];
    int inner = left[left.length - 1];
    int columns = (int) y.shape().size(-1).number();
    int batch = rows * inner == 0 ? 0 : x.length() / (rows * inner);
    batch = inner == 0 ? Arrays.stream(left, 0, left.length - 2).reduce(1, (a, b) -> a * b) : batch;
    var z = new float[batch * rows * columns];
    for (int i = 0; i < z.length; i++) {
      int row = i / columns;
      int stack = row / rows;
      for (int step = 0; step < inner; step++) {
        int k = backwards ? inner - 1 - step : step;
        float product =
            (float) x.at(row * inner + k)
                * (float) y.at((stack * inner + k) * columns + i % columns);
        z[i] += product;
      }
    }
    return Array.of(z).toDoubles();
  }
}
