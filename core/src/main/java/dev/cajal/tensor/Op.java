package dev.cajal.tensor;

import java.util.List;

/**
 * What a node of an expression does with its inputs. These records are all the language has;
 * everything else is composed of them. What each does to shapes and dtypes is in {@link Typing},
 * its derivative in the package {@code autodiff}, its plainest implementation in {@code
 * engine.reference}: each a {@code switch} without a default, so that a new operation does not
 * compile until it is complete.
 *
 * <p>Axes inside operations are counted from 0. Below, x, y… are the inputs in their order.
 */
public sealed interface Op {

  // Leaves: nodes without inputs.

  /** A value that is given at evaluation. */
  record Input(String name, Shape shape, DType dtype) implements Op {}

  /** What a parameter holds when the expression is evaluated. */
  record Param(Parameter parameter) implements Op {}

  /** Numbers known when the expression is written. */
  record Constant(Array value) implements Op {
    public Constant {
      value = value.copy();
    }
  }

  /** {@code y[…, i, …] = i}: the index along an axis. */
  record Iota(Shape shape, int axis, DType dtype) implements Op {
    public Iota {
      requireCounted(axis);
    }
  }

  /**
   * Random numbers that depend on (seed of the run, stream, position) alone: a node has one value
   * in a run.
   */
  record Random(Distribution distribution, Shape shape, DType dtype, long stream) implements Op {}

  /** A size as a scalar, so that a mean over a symbolic batch divides by the right number. */
  record SizeOf(Size size, DType dtype) implements Op {}

  /** A true or false scalar: whether this is a training run. */
  record Training() implements Op {}

  // Elementwise: inputs of one shape.

  /** {@code f(x)} of every element. */
  record Map1(Unary function) implements Op {}

  /** {@code f(x, y)} of every pair of elements; both of one dtype. */
  record Map2(Binary function) implements Op {}

  /** Whether {@code x < y}, {@code x ≤ y}, {@code x = y}. */
  record Compare(Comparison relation) implements Op {}

  /** {@code condition ? x : y}; the inputs are (condition, x, y). */
  record Select() implements Op {}

  /** The same values in another dtype; to i32 they are rounded towards zero. */
  record Cast(DType dtype) implements Op {}

  // Reductions: the named axes vanish.

  /** The sum over axes; 0 over an empty axis. */
  record Sum(List<Integer> axes) implements Op {
    public Sum {
      axes = counted(axes);
    }
  }

  /** The largest over axes; NaN if there is one; -∞ over an empty axis. */
  record Max(List<Integer> axes) implements Op {
    public Max {
      axes = counted(axes);
    }
  }

  /**
   * The index of the first of the largest elements along an axis, as i32; a NaN counts as the
   * largest.
   */
  record ArgMax(int axis) implements Op {
    public ArgMax {
      requireCounted(axis);
    }
  }

  // Movement: the same elements elsewhere.

  /** The elements in the same row-by-row order, in another shape. */
  record Reshape(Shape shape) implements Op {}

  /** Axis i of the result is axis {@code order[i]} of x. */
  record Transpose(List<Integer> order) implements Op {
    public Transpose {
      order = counted(order);
    }
  }

  /** x repeated along its axes of size 1, and along new ones in front, until it has the shape. */
  record Expand(Shape shape) implements Op {}

  /** {@code y[i] = x[start + step·i]} along an axis, for {@code size} indices. */
  record Slice(int axis, Size start, long step, Size size) implements Op {
    public Slice {
      requireCounted(axis);
    }
  }

  /**
   * {@code y[start + step·i] = x[i]} along an axis of {@code size} elements, 0 elsewhere: the
   * adjoint of a slice.
   */
  record Pad(int axis, Size start, long step, Size size) implements Op {
    public Pad {
      requireCounted(axis);
    }
  }

  /** The inputs one behind the other along an axis. */
  record Concat(int axis) implements Op {
    public Concat {
      requireCounted(axis);
    }
  }

  /** The elements of some axes in the opposite order. */
  record Flip(List<Integer> axes) implements Op {
    public Flip {
      axes = counted(axes);
    }
  }

  /**
   * {@code y[…, j…, …] = x[…, index[j…], …]}: the inputs are (x, index), the axis is replaced by
   * the index's.
   */
  record Gather(int axis) implements Op {
    public Gather {
      requireCounted(axis);
    }
  }

  /**
   * {@code y[…, index[j…], …] += x[…, j…, …]} on an axis of {@code size} zeros: the adjoint of a
   * gather.
   */
  record ScatterAdd(int axis, Size size) implements Op {
    public ScatterAdd {
      requireCounted(axis);
    }
  }

  // Products.

  /** {@code [batch…, m, k] · [batch…, k, n]}, with the same batch axes on both sides. */
  record MatMul() implements Op {}

  /**
   * Cross-correlation of x {@code [batch, n…, in]} with a kernel {@code [window…, in/groups, out]}.
   */
  record Conv(Window window, int groups) implements Op {}

  /**
   * The adjoint of a convolution in its first input: (y, kernel) to x {@code [batch, sizes…, in]}.
   */
  record ConvTranspose(Window window, int groups, List<Size> sizes) implements Op {
    public ConvTranspose {
      sizes = List.copyOf(sizes);
    }
  }

  /** The adjoint of a convolution in its kernel: (x, y) to the kernel. */
  record ConvKernel(Window window, int groups) implements Op {}

  /**
   * For each window over x {@code [batch, n…, channels]} the position of its first largest element
   * in x counted row by row, as i32: gathering there is max pooling. Padding is never the largest.
   */
  record ArgMaxPool(Window window) implements Op {}

  // Loops.

  /**
   * Runs a body once a step. The inputs are the initial carries, the sequences (one step along axis
   * 0 each) and the captured tensors. The node stands for the loop; {@link Last} and {@link Each}
   * read from it.
   */
  record Scan(Body body) implements Op {}

  /** What a carry of a {@link Scan} is after the last step. */
  record Last(int carry) implements Op {}

  /**
   * The values that a node of a {@link Scan}'s body takes, one a step, stacked along a new axis 0.
   */
  record Each(Tensor inner) implements Op {}

  // Marks.

  /** x, through which no gradient flows. */
  record StopGradient() implements Op {}

  /**
   * x; and at the end of the run the parameter is set to the second input. No gradient flows into
   * that. Several of one parameter count in the order in which they were made: see {@link
   * Graph#assignments}.
   */
  record Assign(Parameter parameter) implements Op {}

  private static void requireCounted(int axis) {
    if (axis < 0) {
      throw new IllegalArgumentException(
          "axis " + axis + " inside an operation: there, axes are counted from 0");
    }
  }

  private static List<Integer> counted(List<Integer> axes) {
    axes.forEach(Op::requireCounted);
    return List.copyOf(axes);
  }

  /** The operation's name as errors, prints and files use it: {@code MatMul} is {@code matMul}. */
  default String label() {
    String name = getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
