package dev.cajal.tensor;

import static dev.cajal.tensor.Complaint.require;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The shape and dtype that each operation gives for its inputs, and what it refuses: every node
 * passes here when it is built, also one read from a file.
 *
 * @param shape the shape of the result
 * @param dtype the dtype of the result
 */
record Typing(Shape shape, DType dtype) {

  static Typing of(Op op, List<Tensor> in) {
    requireArity(op, in);
    require(
        op instanceof Op.Last || op instanceof Op.Each || in.stream().noneMatch(Typing::isLoop),
        op.label(),
        () -> "a scan has no value of its own: last and each read from it");
    return switch (op) {
      case Op.Input(_, var shape, var dtype) -> new Typing(shape, dtype);
      case Op.Param(var parameter) -> new Typing(parameter.shape(), parameter.dtype());
      case Op.Constant(var value) -> new Typing(value.shape(), value.dtype());
      case Op.Iota iota -> iota(iota);
      case Op.Random random -> random(random);
      case Op.SizeOf(_, var dtype) -> number(op, new Typing(Shape.SCALAR, dtype));
      case Op.Training _ -> new Typing(Shape.SCALAR, DType.BOOL);

      case Op.Map1(var f) -> map1(f, in.getFirst());
      case Op.Map2(var f) -> map2(f, in.getFirst(), in.getLast());
      case Op.Compare _ -> compare(op, in.getFirst(), in.getLast());
      case Op.Select _ -> select(in.get(0), in.get(1), in.get(2));
      case Op.Cast(var dtype) -> new Typing(in.getFirst().shape(), dtype);

      case Op.Sum(var axes) -> reduce(op, in.getFirst(), axes);
      case Op.Max(var axes) -> reduce(op, in.getFirst(), axes);
      case Op.ArgMax(var axis) -> argMax(in.getFirst(), axis);

      case Op.Reshape(var shape) -> MovementTyping.reshape(in.getFirst(), shape);
      case Op.Transpose(var order) -> MovementTyping.transpose(in.getFirst(), order);
      case Op.Expand(var shape) -> MovementTyping.expand(in.getFirst(), shape);
      case Op.Slice(var axis, var start, var step, var size) ->
          MovementTyping.cut(
              op, in.getFirst(), axis, in.getFirst().shape().size(axis), start, step, size, size);
      case Op.Pad(var axis, var start, var step, var size) ->
          MovementTyping.cut(
              op, in.getFirst(), axis, size, start, step, in.getFirst().shape().size(axis), size);
      case Op.Concat(var axis) -> MovementTyping.concat(in, axis);
      case Op.Flip(var axes) -> {
        requireAxes("flip", in.getFirst(), axes);
        yield like(in.getFirst());
      }
      case Op.Gather(var axis) -> MovementTyping.gather(in.getFirst(), in.getLast(), axis);
      case Op.ScatterAdd(var axis, var size) ->
          MovementTyping.scatterAdd(in.getFirst(), in.getLast(), axis, size);

      case Op.MatMul _ -> matmul(in.getFirst(), in.getLast());
      case Op.Conv(var window, var groups) ->
          WindowTyping.conv(window, groups, in.getFirst(), in.getLast());
      case Op.ConvTranspose(var window, var groups, var sizes) ->
          WindowTyping.convTranspose(window, groups, sizes, in.getFirst(), in.getLast());
      case Op.ConvKernel(var window, var groups) ->
          WindowTyping.convKernel(window, groups, in.getFirst(), in.getLast());
      case Op.ArgMaxPool(var window) -> WindowTyping.argMaxPool(window, in.getFirst());

      case Op.Scan(var body) -> scan(body, in);
      case Op.Last(var carry) -> like(bodyOf(op, in).next().get(carry));
      case Op.Each(var inner) ->
          new Typing(inner.shape().insert(0, bodyOf(op, in).own(inner).steps()), inner.dtype());

      case Op.StopGradient _ -> like(in.getFirst());
      case Op.Assign(var parameter) -> assign(parameter, in.getFirst(), in.getLast());
    };
  }

  private static void requireArity(Op op, List<Tensor> in) {
    int wanted =
        switch (op) {
          case Op.Input _,
              Op.Param _,
              Op.Constant _,
              Op.Iota _,
              Op.Random _,
              Op.SizeOf _,
              Op.Training _ ->
              0;
          case Op.Map1 _,
              Op.Cast _,
              Op.Sum _,
              Op.Max _,
              Op.ArgMax _,
              Op.Reshape _,
              Op.Transpose _ ->
              1;
          case Op.Expand _,
              Op.Slice _,
              Op.Pad _,
              Op.Flip _,
              Op.ArgMaxPool _,
              Op.Last _,
              Op.Each _ ->
              1;
          case Op.StopGradient _ -> 1;
          case Op.Map2 _, Op.Compare _, Op.Gather _, Op.ScatterAdd _, Op.MatMul _, Op.Assign _ -> 2;
          case Op.Conv _, Op.ConvTranspose _, Op.ConvKernel _ -> 2;
          case Op.Select _ -> 3;
          case Op.Scan(var body) -> body.placeholders().size();
          case Op.Concat _ -> Math.max(1, in.size());
        };
    require(
        in.size() == wanted,
        op.label(),
        () -> "takes %d inputs, not %d".formatted(wanted, in.size()));
  }

  static Typing like(Tensor x) {
    return new Typing(x.shape(), x.dtype());
  }

  private static Typing number(Op op, Typing typing) {
    require(typing.dtype != DType.BOOL, op.label(), () -> "gives numbers, not bool");
    return typing;
  }

  private static Typing iota(Op.Iota iota) {
    require(
        iota.axis() == iota.shape().axis(iota.axis()),
        "iota",
        () -> "axis " + iota.axis() + " is negative");
    return number(iota, new Typing(iota.shape(), iota.dtype()));
  }

  private static Typing random(Op.Random random) {
    require(
        random.dtype().isFloat(),
        "random",
        () -> "gives floating-point numbers, not " + random.dtype());
    return new Typing(random.shape(), random.dtype());
  }

  private static Typing map1(Unary f, Tensor x) {
    boolean fits =
        f == Unary.NOT
            ? x.dtype() == DType.BOOL
            : x.dtype().isFloat() || (integer(x) && f.takesIntegers());
    require(fits, f.label(), () -> "%s is %s: %s".formatted(x.brief(), x.dtype(), adviceFor(f, x)));
    return like(x);
  }

  private static String adviceFor(Unary f, Tensor x) {
    return f == Unary.NOT
        ? "it takes bool, as a comparison gives"
        : x.dtype() == DType.BOOL ? "cast it to f32 first, or use where" : "cast it to f32 first";
  }

  private static boolean integer(Tensor x) {
    return x.dtype() == DType.I32;
  }

  private static Typing map2(Binary f, Tensor x, Tensor y) {
    requireAlike(f.label(), f.symbol(), x, y);
    boolean fits =
        f.isLogical()
            ? x.dtype() == DType.BOOL
            : x.dtype().isFloat() || (integer(x) && f.takesIntegers());
    require(
        fits,
        f.label(),
        () ->
            "%s and %s are %s: %s"
                .formatted(
                    x.brief(),
                    y.brief(),
                    x.dtype(),
                    f.isLogical()
                        ? "it takes bool, as comparisons give"
                        : "cast them to f32 first"));
    return like(x);
  }

  private static Typing compare(Op op, Tensor x, Tensor y) {
    requireAlike(op.label(), ((Op.Compare) op).relation().symbol(), x, y);
    return new Typing(x.shape(), DType.BOOL);
  }

  private static Typing select(Tensor condition, Tensor x, Tensor y) {
    require(
        condition.dtype() == DType.BOOL,
        "where",
        () ->
            "the condition %s is %s: it takes bool, as a comparison gives"
                .formatted(condition.brief(), condition.dtype()));
    requireAlike("where", ":", x, y);
    requireShape("where", "?", condition, x);
    return like(x);
  }

  /** Both of one dtype and one shape. */
  private static void requireAlike(String what, String symbol, Tensor x, Tensor y) {
    require(
        x.dtype() == y.dtype(),
        what,
        () ->
            "dtypes differ: %s is %s, %s is %s: cast one of them"
                .formatted(x.brief(), x.dtype(), y.brief(), y.dtype()));
    requireShape(what, symbol, x, y);
  }

  private static void requireShape(String what, String symbol, Tensor x, Tensor y) {
    require(
        x.shape().equals(y.shape()),
        what,
        () -> "shapes differ: %s %s %s".formatted(x.brief(), symbol, y.brief()));
  }

  private static Typing reduce(Op op, Tensor x, List<Integer> axes) {
    requireNumbers(op.label(), x);
    requireAxes(op.label(), x, axes);
    return new Typing(x.shape().without(axes), x.dtype());
  }

  private static void requireAxes(String what, Tensor x, List<Integer> axes) {
    Set<Integer> distinct = new TreeSet<>(axes);
    require(
        List.copyOf(distinct).equals(axes),
        what,
        () -> "axes %s of %s must be ascending, each once".formatted(axes, x.brief()));
    axes.forEach(x.shape()::axis);
  }

  static void requireNumbers(String what, Tensor x) {
    require(
        x.dtype() != DType.BOOL,
        what,
        () -> "%s is bool: cast it to i32 to count, or to f32".formatted(x.brief()));
  }

  private static Typing argMax(Tensor x, int axis) {
    requireNumbers("argMax", x);
    Size size = x.shape().size(axis);
    require(
        !size.is(0),
        "argMax",
        () -> "axis %d of %s is empty: there is no largest".formatted(axis, x.brief()));
    return new Typing(x.shape().without(List.of(axis)), DType.I32);
  }

  private static Typing matmul(Tensor x, Tensor y) {
    int rank = x.shape().rank();
    require(
        rank >= 2 && y.shape().rank() >= 2,
        "matmul",
        () -> "it takes matrices: %s · %s".formatted(x.brief(), y.brief()));
    require(
        x.dtype() == y.dtype() && x.dtype().isFloat(),
        "matmul",
        () ->
            "it takes one floating dtype: %s is %s, %s is %s"
                .formatted(x.brief(), x.dtype(), y.brief(), y.dtype()));
    require(
        x.shape().size(-1).equals(y.shape().size(-2)),
        "matmul",
        () ->
            "inner sizes differ: %s · %s: %s ≠ %s"
                .formatted(x.brief(), y.brief(), x.shape().size(-1), y.shape().size(-2)));
    require(
        rank == y.shape().rank() && x.shape().part(0, rank - 2).equals(y.shape().part(0, rank - 2)),
        "matmul",
        () -> "batch axes differ: %s · %s".formatted(x.brief(), y.brief()));
    return new Typing(x.shape().with(-1, y.shape().size(-1)), x.dtype());
  }

  private static Typing scan(Body body, List<Tensor> in) {
    int carries = body.carries().size();
    List<Tensor> placeholders = body.placeholders();
    for (int i = 0; i < in.size(); i++) {
      Tensor outside = in.get(i);
      Tensor inside = placeholders.get(i);
      boolean sequence = i >= carries && i < carries + body.sequences().size();
      Shape wanted = sequence ? inside.shape().insert(0, body.steps()) : inside.shape();
      require(
          outside.shape().equals(wanted) && outside.dtype() == inside.dtype(),
          "scan",
          () ->
              "%s %s is given where the body takes %s %s"
                  .formatted(outside.brief(), outside.dtype(), wanted, inside.dtype()));
    }
    require(
        body.next().size() == carries,
        "scan",
        () -> "the body gives %d carries, it takes %d".formatted(body.next().size(), carries));
    for (int i = 0; i < carries; i++) {
      Tensor before = body.carries().get(i);
      Tensor after = body.next().get(i);
      require(
          like(before).equals(like(after)),
          "scan",
          () ->
              "a step turns the carry %s %s into %s %s: both must be alike"
                  .formatted(before.brief(), before.dtype(), after.brief(), after.dtype()));
    }
    return new Typing(Shape.SCALAR, DType.BOOL);
  }

  private static boolean isLoop(Tensor x) {
    return x.op() instanceof Op.Scan;
  }

  private static Body bodyOf(Op op, List<Tensor> in) {
    if (in.getFirst().op() instanceof Op.Scan(var body)) {
      require(
          !(op instanceof Op.Last(var carry)) || (carry >= 0 && carry < body.next().size()),
          op.label(),
          () -> "the loop has %d carries".formatted(body.next().size()));
      return body;
    }
    throw Complaint.of(op.label(), "it reads from a scan, not from " + in.getFirst().brief());
  }

  private static Typing assign(Parameter parameter, Tensor x, Tensor value) {
    require(
        value.shape().equals(parameter.shape()) && value.dtype() == parameter.dtype(),
        "assign",
        () ->
            "%s %s is to become %s %s"
                .formatted(parameter, parameter.dtype(), value.brief(), value.dtype()));
    return like(x);
  }
}
