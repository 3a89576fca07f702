package dev.cajal.tensor;

import static dev.cajal.tensor.Complaint.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A node of an expression: an operation, its inputs, a shape and a dtype, and sometimes a name. It
 * is immutable and holds no numbers; writing an expression computes nothing but checks its shapes
 * at once.
 *
 * <pre>{@code
 * Tensor x = Tensor.input("x", "batch", 3);
 * Tensor h = x.matmul(w.value().transpose()).plus(b.value()).sigmoid().named("hidden");
 * }</pre>
 *
 * <p>What can be written is in the interfaces it has: {@link Arithmetic}, {@link Functions}, {@link
 * Activations}, {@link Reductions}, {@link Movement}, {@link Products}, {@link Windows}. Two
 * tensors are equal if they are the same node; a name does not make another.
 */
public final class Tensor
    implements Arithmetic, Functions, Activations, Reductions, Movement, Products, Windows {

  private static final AtomicLong BORN = new AtomicLong();

  private final Op op;
  private final List<Tensor> inputs;
  private final Shape shape;
  private final DType dtype;
  private final Optional<String> name;
  private final long birth;

  private Tensor(Op op, List<Tensor> inputs, Optional<String> name) {
    Typing typing = Typing.of(op, inputs);
    this.op = op;
    this.inputs = inputs;
    this.shape = typing.shape();
    this.dtype = typing.dtype();
    this.name = name;
    this.birth = BORN.getAndIncrement();
  }

  private Tensor(Tensor node, String name) {
    this.op = node.op;
    this.inputs = node.inputs;
    this.shape = node.shape;
    this.dtype = node.dtype;
    this.name = Optional.of(name);
    this.birth = node.birth;
  }

  /** A node, once its operation accepts the inputs: what all functions of the language end in. */
  public static Tensor of(Op op, List<Tensor> inputs) {
    return new Tensor(op, List.copyOf(inputs), Optional.empty());
  }

  public static Tensor of(Op op, Tensor... inputs) {
    return new Tensor(op, List.of(inputs), Optional.empty());
  }

  /** The same node over other inputs; with the same inputs it is this node. */
  public Tensor withInputs(List<Tensor> others) {
    return others.equals(inputs) ? this : new Tensor(op, List.copyOf(others), name);
  }

  // Leaves.

  /**
   * An f32 value given at evaluation; sizes are numbers or names: {@code Tensor.input("x", "batch",
   * 784)}.
   */
  public static Tensor input(String name, Object... sizes) {
    return input(name, DType.F32, sizes);
  }

  public static Tensor input(String name, DType dtype, Object... sizes) {
    requireName(name);
    try {
      return of(new Op.Input(name, Shape.of(sizes), dtype));
    } catch (IllegalArgumentException e) {
      throw Complaint.of("input " + name, String.valueOf(e.getMessage()));
    }
  }

  /** Numbers that are part of the expression. */
  public static Tensor constant(Array value) {
    return of(new Op.Constant(value));
  }

  /** An f32 vector that is part of the expression. */
  public static Tensor constant(float... values) {
    return constant(Array.of(values));
  }

  /** An f32 number that is part of the expression. */
  public static Tensor scalar(double value) {
    return scalar(DType.F32, value);
  }

  public static Tensor scalar(DType dtype, double value) {
    return of(new Op.Constant(Array.scalar(dtype, value)));
  }

  /** One number, everywhere. */
  public static Tensor full(Shape shape, DType dtype, double value) {
    return scalar(dtype, value).expand(shape);
  }

  public static Tensor zeros(Object... sizes) {
    return full(Shape.of(sizes), DType.F32, 0);
  }

  public static Tensor ones(Object... sizes) {
    return full(Shape.of(sizes), DType.F32, 1);
  }

  /** The i32 vector 0, 1, … of a size. */
  public static Tensor range(Object size) {
    return iota(Shape.of(size), 0);
  }

  /** The index along an axis, as i32. */
  public static Tensor iota(Shape shape, int axis) {
    return of(new Op.Iota(shape, shape.axis(axis), DType.I32));
  }

  /** The identity matrix of a size. */
  public static Tensor eye(Object size) {
    Shape square = Shape.of(size, size);
    return iota(square, 0).equalTo(iota(square, 1)).cast(DType.F32);
  }

  /**
   * A size as an f32 scalar: the number itself where it is known, else what its symbols are bound
   * to.
   */
  public static Tensor sizeOf(Size size) {
    return sizeOf(size, DType.F32);
  }

  static Tensor sizeOf(Size size, DType dtype) {
    return size.isNumber() ? scalar(dtype, (double) size.number()) : of(new Op.SizeOf(size, dtype));
  }

  /** Whether this is a training run: a bool scalar. */
  public static Tensor training() {
    return of(new Op.Training());
  }

  /** f32 numbers uniform in [0, 1); different streams are independent. */
  public static Tensor uniform(long stream, Object... sizes) {
    return of(new Op.Random(Distribution.UNIFORM, Shape.of(sizes), DType.F32, stream));
  }

  /**
   * f32 numbers with mean 0 and variance 1, normally distributed; different streams are
   * independent.
   */
  public static Tensor normal(long stream, Object... sizes) {
    return of(new Op.Random(Distribution.NORMAL, Shape.of(sizes), DType.F32, stream));
  }

  /** True with a probability; different streams are independent. */
  public static Tensor bernoulli(double probability, long stream, Object... sizes) {
    return uniform(stream, sizes).lessThan(probability);
  }

  // Of several tensors.

  /** The tensors one behind the other along an axis. */
  public static Tensor concat(int axis, Tensor... parts) {
    require(parts.length > 0, "concat", () -> "there is nothing to join");
    return of(new Op.Concat(parts[0].axis("concat", axis)), parts);
  }

  /** The tensors side by side along a new axis. */
  public static Tensor stack(int axis, Tensor... parts) {
    return concat(
        axis, Arrays.stream(parts).map(part -> part.insertAxis(axis)).toArray(Tensor[]::new));
  }

  /** {@code condition ? x : y} for every element, broadcasting all three. */
  public static Tensor where(Tensor condition, Tensor x, Tensor y) {
    Shape shape = Broadcast.shape("where", condition, x, y);
    return of(new Op.Select(), condition.expand(shape), x.expand(shape), y.expand(shape));
  }

  /**
   * Sums of products by index letters, as NumPy's: {@code Tensor.einsum("bij,jk->bik", x, w)}; see
   * {@link Einsum}.
   */
  public static Tensor einsum(String spec, Tensor... operands) {
    return Einsum.of(spec, List.of(operands));
  }

  // What it is.

  public Op op() {
    return op;
  }

  public List<Tensor> inputs() {
    return inputs;
  }

  public Shape shape() {
    return shape;
  }

  public DType dtype() {
    return dtype;
  }

  /** The size of an axis; negative axes count from the end. */
  public Size size(int axis) {
    return shape.size(axis);
  }

  public int rank() {
    return shape.rank();
  }

  /** The name it was given, or that its input or parameter has. */
  public Optional<String> name() {
    return switch (op) {
      case Op.Input(var own, _, _) -> name.or(() -> Optional.of(own));
      case Op.Param(var parameter) -> name.or(parameter::name);
      default -> name;
    };
  }

  /** The same node under a name, which errors and prints use for it. */
  public Tensor named(String newName) {
    requireName(newName);
    return new Tensor(this, newName);
  }

  private static void requireName(String name) {
    require(!name.isBlank(), "name", () -> "a blank one can't be seen in an error");
  }

  /** Its number among all nodes ever made: inputs are older than what uses them. */
  long birth() {
    return birth;
  }

  /** Whether it is the same node, under whatever name; see {@link #equalTo} for its elements. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that && birth == that.birth;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(birth);
  }

  /** Refuses numbers for symbols with which the operation would reach beyond its input. */
  public void checkWith(Map<String, Long> sizes) {
    switch (op) {
      case Op.Slice(var axis, var start, var step, var size) ->
          MovementTyping.requireInside(
              this,
              axis,
              inputs.getFirst().size(axis).bind(sizes),
              start.bind(sizes),
              step,
              size.bind(sizes));
      case Op.Pad(var axis, var start, var step, var size) ->
          MovementTyping.requireInside(
              this,
              axis,
              size.bind(sizes),
              start.bind(sizes),
              step,
              inputs.getFirst().size(axis).bind(sizes));
      default -> {}
    }
  }

  /**
   * Whether it was made inside a rule of a recurrence, where the loop's own nodes took its place.
   */
  public boolean isMadeInsideRecurrence() {
    return Graph.of(this).inputs().stream()
        .anyMatch(input ->
            input.op() instanceof Op.Input(var its, _, _) && its.endsWith(Recurrence.PRIME));
  }

  // Marks.

  /** The same values, through which no gradient flows. */
  public Tensor stopGradient() {
    return of(new Op.StopGradient(), this);
  }

  /**
   * The same values; at the end of the run the parameter is set to {@code value}. Where that is
   * said several times of one parameter, each value that reads it finds what the one before left.
   */
  public Tensor assigning(Parameter parameter, Tensor value) {
    return of(new Op.Assign(parameter), this, value);
  }

  /** The axis as a number from 0; an error names the operation and this tensor. */
  int axis(String what, int axis) {
    require(
        axis >= -rank() && axis < rank(),
        what,
        () ->
            rank() == 0
                ? "%s is a scalar and has no axis %d".formatted(brief(), axis)
                : "%s has axes %d to %d, not %d".formatted(brief(), -rank(), rank() - 1, axis));
    return axis < 0 ? axis + rank() : axis;
  }

  /** Axes as ascending numbers from 0; all of them when none are named. */
  List<Integer> axes(String what, int... axes) {
    var positive = new ArrayList<Integer>();
    for (int axis : axes) {
      positive.add(axis(what, axis));
    }
    require(
        positive.stream().distinct().count() == positive.size(),
        what,
        () -> "%s of %s name an axis twice".formatted(Arrays.toString(axes), brief()));
    return axes.length == 0 ? shape.axes() : positive.stream().sorted().toList();
  }

  /** Its name, or the beginning of its expression, with its shape: how errors speak of it. */
  public String brief() {
    return Notation.brief(this) + " " + shape;
  }

  /** The expression, a line for each part that has a name or is used twice; cut when it is long. */
  @Override
  public String toString() {
    return Listing.of(this).shortened();
  }
}
