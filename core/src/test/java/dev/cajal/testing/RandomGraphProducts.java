package dev.cajal.testing;

import dev.cajal.tensor.Op;
import dev.cajal.tensor.Products;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Random matrix products, attention, and windows. */
final class RandomGraphProducts {
  private RandomGraphProducts() {}

  static List<Function<RandomGraphSketch, Tensor>> products() {
    return List.of(
        RandomGraphProducts::dense,
        RandomGraphProducts::dense,
        RandomGraphProducts::withWeights,
        RandomGraphProducts::together,
        s -> gram(s, s.floats(2, 3)),
        RandomGraphProducts::attention,
        RandomGraphProducts::einsum,
        s -> RandomGraphMovement.view(s, s.floats(2, 3)).matmul(s.weight(s.knownSize(), 3)));
  }

  static List<Function<RandomGraphSketch, Tensor>> windows() {
    return List.of(
        RandomGraphProducts::conv,
        RandomGraphProducts::conv,
        RandomGraphProducts::transposed,
        RandomGraphProducts::kernel,
        s -> image(s).maxPool(window(s, 1, 2)),
        s -> image(s).averagePool(window(s, 1, 2)),
        s -> conv(s).plus(0.1).relu().maxPool(window(s, 2, 2)));
  }

  private static Size last(Tensor x) {
    if (!x.size(-1).isNumber()) {
      throw new IllegalArgumentException("a weight has no symbols");
    }
    return x.size(-1);
  }

  /** A layer: the product, a bias and an activation. */
  private static Tensor dense(RandomGraphSketch s) {
    Tensor x = s.floats(1, 3);
    Size units = s.knownSize();
    Tensor product =
        s.choices.oneIn(2)
            ? x.matmul(s.weight(last(x), units))
            : x.matmul(s.weight(units, last(x)).transpose());
    Tensor h = product.times(0.3).plus(s.weight(units));
    return switch (s.choices.between(0, 5)) {
      case 0 -> h.relu();
      case 1 -> h.tanh();
      case 2 -> h.gelu();
      case 3 -> h.sigmoid();
      case 4 -> h.plus(s.like(h.shape()));
      default -> h;
    };
  }

  private static Tensor withWeights(RandomGraphSketch s) {
    Tensor x = s.floats(1, 4);
    Tensor w = s.weight(last(x), s.knownSize());
    return s.choices.oneIn(2) ? x.matmul(w) : w.transpose().matmul(s.floats(1, 2));
  }

  /** Two of what there is, turned until they fit. */
  private static Tensor together(RandomGraphSketch s) {
    Tensor x = s.floats(2, 4);
    Tensor y =
        s.any(other -> other.rank() > 1 && other.dtype() == x.dtype() && fits(x, other))
            .orElseThrow(() -> new IllegalArgumentException("nothing fits"));
    return x.size(-1).equals(y.size(-2)) ? x.matmul(y) : x.matmul(y.transpose());
  }

  private static boolean fits(Tensor x, Tensor y) {
    return x.size(-1).equals(y.size(-2)) || x.size(-1).equals(y.size(-1));
  }

  private static Tensor gram(RandomGraphSketch s, Tensor x) {
    Tensor scaled = x.times(0.5);
    return s.choices.oneIn(2)
        ? scaled.matmul(x.transpose())
        : scaled.transpose().matmul(RandomGraphMaps.unary(s, x));
  }

  private static Tensor attention(RandomGraphSketch s) {
    Tensor x = s.floats(2, 3);
    Tensor keys = s.choices.oneIn(2) ? x : s.like(x.shape());
    Tensor values = s.choices.oneIn(2) ? keys : s.like(x.shape());
    if (s.choices.oneIn(2)) {
      return x.attention(keys, values);
    }
    return x.attention(keys, values, Products.causalMask(x.size(-2), keys.size(-2)));
  }

  private static Tensor einsum(RandomGraphSketch s) {
    Size i = s.size();
    Size j = s.size();
    Size k = s.size();
    return switch (s.choices.between(0, 4)) {
      case 0 -> Tensor.einsum("ij,jk->ik", s.like(Shape.of(i, j)), s.like(Shape.of(j, k)));
      case 1 -> Tensor.einsum("ij,kj->ki", s.like(Shape.of(i, j)), s.like(Shape.of(k, j)));
      case 2 -> Tensor.einsum("bij,bjk->bik", s.like(Shape.of(2, i, j)), s.like(Shape.of(2, j, k)));
      case 3 -> Tensor.einsum("ij,ij->j", s.like(Shape.of(i, j)), s.like(Shape.of(i, j)));
      default -> Tensor.einsum("ij,k->ijk", s.like(Shape.of(i, j)), s.like(Shape.of(k)));
    };
  }

  // Windows.

  private static Tensor image(RandomGraphSketch s) {
    Tensor x = s.floats(3, 4);
    return s.choices.oneIn(3) ? s.leaf(imageShape(s)) : x;
  }

  private static Shape imageShape(RandomGraphSketch s) {
    int width = s.choices.between(3, 9);
    int channels = s.choices.oneOf(1, 2, 3, 4, 8);
    Size batch = s.choices.oneIn(2) ? s.size() : Size.of(2);
    return s.choices.oneIn(2)
        ? Shape.of(batch, width, channels)
        : Shape.of(batch, width, s.choices.between(2, 6), channels);
  }

  private static Window window(RandomGraphSketch s, int leastSize, int rank) {
    int[] sizes = new int[rank];
    Arrays.setAll(sizes, _ -> s.choices.between(leastSize, 3));
    Window window = Window.of(sizes).stride(s.choices.oneOf(1, 1, 2, 3));
    return switch (s.choices.between(0, 3)) {
      case 0 -> window;
      case 1 -> window.padding(1);
      case 2 -> window.same();
      default -> window.dilation(s.choices.oneOf(1, 2));
    };
  }

  private static int groups(RandomGraphSketch s, Tensor x) {
    long channels = last(x).number();
    var some = new ArrayList<Integer>(List.of(1, 1));
    for (int groups = 2; groups <= channels; groups++) {
      if (channels % groups == 0) {
        some.add(groups);
      }
    }
    return some.get(s.choices.between(0, some.size() - 1));
  }

  private static Tensor weights(RandomGraphSketch s, Window window, Object in, Object out) {
    var sizes = new ArrayList<Object>(window.axes().stream().map(Window.Extent::size).toList());
    sizes.add(in);
    sizes.add(out);
    return s.weight(sizes.toArray());
  }

  private static Tensor conv(RandomGraphSketch s) {
    Tensor x = image(s);
    Window window = window(s, 1, x.rank() - 2);
    int groups = groups(s, x);
    Tensor kernel =
        weights(s, window, last(x).number() / groups, (long) groups * s.choices.between(1, 3));
    Tensor y = x.conv(kernel, window, groups);
    return s.choices.oneIn(2) ? y : y.plus(s.weight(y.size(-1))).relu();
  }

  private static Tensor transposed(RandomGraphSketch s) {
    Tensor x = image(s);
    Window window = window(s, 1, x.rank() - 2);
    int groups = groups(s, x);
    return x.convTranspose(weights(s, window, s.choices.between(1, 3), last(x)), window, groups);
  }

  private static Tensor kernel(RandomGraphSketch s) {
    Tensor x = image(s);
    Window window = window(s, 1, x.rank() - 2);
    Tensor y = x.conv(weights(s, window, last(x), s.choices.between(1, 3)), window);
    return Tensor.of(new Op.ConvKernel(window, 1), x, y.tanh());
  }
}
