package dev.cajal.tensor;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A piece of an expression as text, with how tightly it binds: {@code a + b} needs brackets inside
 * a product, {@code relu(x)} nowhere. Broadcasts and axes of size 1 are not written: the shapes say
 * where they are.
 *
 * @param text the piece
 * @param binding how tightly its outermost operator binds
 */
record Notation(String text, int binding) {
  private static final int LOGIC = 1;
  private static final int RELATION = 2;
  private static final int SUM = 3;
  private static final int PRODUCT = 4;
  private static final int MATRICES = 5;
  private static final int SIGN = 6;
  private static final int POWER = 7;
  private static final int ATOM = 8;

  private static final int BRIEF_DEPTH = 3;
  private static final int BRIEF_LENGTH = 48;
  private static final int BRIEF_INPUTS = 4;

  static Notation atom(String text) {
    return new Notation(text, ATOM);
  }

  /** The name of a tensor, or its expression as far as it is short. */
  static String brief(Tensor tensor) {
    return brief(tensor, BRIEF_DEPTH).text;
  }

  /** A word for a tensor that stands for it in the body of a loop. */
  static String of(Tensor tensor) {
    return tensor.name().orElseGet(() -> brief(tensor));
  }

  private static Notation brief(Tensor tensor, int depth) {
    if (tensor.name().isPresent()) {
      return atom(tensor.name().get());
    }
    if (isUnwritten(tensor)) {
      return brief(written(tensor), depth);
    }
    if (depth == 0 && !tensor.inputs().isEmpty()) {
      return atom("…");
    }
    if (tensor.inputs().size() > BRIEF_INPUTS) {
      return call(tensor.op().label(), "…");
    }
    Notation whole = of(tensor, input -> brief(input, depth - 1));
    return whole.text.length() <= BRIEF_LENGTH ? whole : of(tensor, _ -> atom("…"));
  }

  /** A node's expression, given how its inputs are written. */
  static Notation of(Tensor node, Function<Tensor, Notation> written) {
    List<Notation> in = node.inputs().stream().map(written).toList();
    return switch (node.op()) {
      case Op.Input(var name, _, _) -> atom(name);
      case Op.Param(var parameter) -> atom(parameter.label());
      case Op.Constant(var value) -> constant(value);
      case Op.Iota(var shape, var axis, _) ->
          shape.rank() == 1 ? call("range", shape.size(0)) : call("iota", shape, "axis " + axis);
      case Op.Random(var distribution, _, _, var stream) ->
          call(distribution.name().toLowerCase(java.util.Locale.ROOT), "stream " + stream);
      case Op.SizeOf(var size, _) ->
          new Notation(size.toString(), size.toString().contains("·") ? PRODUCT : ATOM);
      case Op.Training _ -> atom("training");

      case Op.Map1(var f) when f == Unary.NEGATE ->
          new Notation("-" + in.getFirst().inside(POWER), SIGN);
      case Op.Map1(var f) -> call(f.label(), in.getFirst().text);
      case Op.Map2(var f) -> map2(f, in.getFirst(), in.getLast());
      case Op.Compare(var relation) ->
          infix(relation.symbol(), RELATION, in.getFirst(), in.getLast());
      case Op.Select _ -> call("where", texts(in));
      case Op.Cast(var dtype) -> call(dtype.toString(), in.getFirst().text);

      case Op.Sum(var axes) -> reduction("sum", node, in.getFirst(), axes);
      case Op.Max(var axes) -> reduction("max", node, in.getFirst(), axes);
      case Op.ArgMax(var axis) -> reduction("argMax", node, in.getFirst(), List.of(axis));

      case Op.Reshape _ when isTransparent(node) -> in.getFirst();
      case Op.Reshape(var shape) -> call("reshape", in.getFirst().text, shape);
      case Op.Transpose(var order) -> transpose(in.getFirst(), order);
      case Op.Expand _ -> in.getFirst();
      case Op.Slice(var axis, var start, var step, var size) ->
          slice(node, in.getFirst(), axis, start, step, size);
      case Op.Pad(var axis, var start, var step, var size) ->
          call(
              "place",
              in.getFirst().text,
              "axis " + axis,
              (start.is(0) ? "" : "from " + start + " ")
                  + "in "
                  + size
                  + (step == 1 ? "" : " step " + step));
      case Op.Concat(var axis) -> call("concat", texts(in), "axis " + axis);
      case Op.Flip(var axes) -> reduction("flip", node, in.getFirst(), axes);
      case Op.Gather(var axis) -> call("gather", texts(in), "axis " + axis);
      case Op.ScatterAdd(var axis, var size) ->
          call("scatterAdd", texts(in), "axis " + axis + " of " + size);

      case Op.MatMul _ -> infix("·", MATRICES, in.getFirst(), in.getLast());
      case Op.Conv(var window, var groups) -> call("conv", texts(in), window + grouped(groups));
      case Op.ConvTranspose(var window, var groups, _) ->
          call("convTranspose", texts(in), window + grouped(groups));
      case Op.ConvKernel(var window, var groups) ->
          call("convKernel", texts(in), window + grouped(groups));
      case Op.ArgMaxPool(var window) -> call("argMaxPool", in.getFirst().text, window);

      case Op.Scan(var body) ->
          call(
              "scan",
              body.steps() + " steps",
              texts(in.subList(0, body.carries().size() + body.sequences().size())));
      case Op.Last(var carry) -> call("last", in.getFirst().text, "carry " + carry);
      case Op.Each(var inner) -> call("each", in.getFirst().text, brief(inner));

      case Op.StopGradient _ -> call("stopGradient", in.getFirst().text);
      case Op.Assign(var parameter) ->
          call("assign", in.getFirst().text, parameter.label() + " := " + in.getLast().text);
    };
  }

  /** Whether a node is written as its input is, unless it has a name of its own. */
  static boolean isUnwritten(Tensor node) {
    return node.name().isEmpty() && isTransparent(node);
  }

  /** The node that is written where this one is. */
  static Tensor written(Tensor node) {
    Tensor seen = node;
    while (isUnwritten(seen)) {
      seen = seen.inputs().getFirst();
    }
    return seen;
  }

  /** Whether it changes axes of size 1 alone: a broadcast, or a vector taken as a row. */
  private static boolean isTransparent(Tensor node) {
    return switch (node.op()) {
      case Op.Expand _ -> true;
      case Op.Reshape(var shape) ->
          longAxes(shape).equals(longAxes(node.inputs().getFirst().shape()));
      default -> false;
    };
  }

  private static List<Size> longAxes(Shape shape) {
    return shape.sizes().stream().filter(size -> !size.is(1)).toList();
  }

  private String inside(int binding) {
    return this.binding < binding ? "(" + text + ")" : text;
  }

  private static Notation call(String function, Object... arguments) {
    return atom(
        List.of(arguments).stream()
            .map(Object::toString)
            .collect(Collectors.joining(", ", function + "(", ")")));
  }

  private static String texts(List<Notation> pieces) {
    return pieces.stream().map(Notation::text).collect(Collectors.joining(", "));
  }

  private static Notation infix(String symbol, int binding, Notation left, Notation right) {
    // The right operand needs brackets even at equal binding: a - (b - c).
    return new Notation(
        left.inside(binding) + " " + symbol + " " + right.inside(binding + 1), binding);
  }

  private static Notation map2(Binary f, Notation left, Notation right) {
    return switch (f) {
      case PLUS, MINUS -> sum(f, left, right);
      case TIMES, OVER -> infix(f.symbol(), PRODUCT, left.elementwise(), right.elementwise());
      case POWER -> infix(f.symbol(), POWER, atom(left.inside(ATOM)), right);
      case AND, OR -> infix(f.symbol(), LOGIC, left, right);
      case MAX, MIN -> call(f.symbol(), left.text, right.text);
    };
  }

  /** {@code a + b}, and {@code a - 1} for {@code a + -1}. */
  private static Notation sum(Binary f, Notation left, Notation right) {
    if (right.binding == SIGN) {
      Notation positive = atom(right.text.substring(1));
      return infix(f == Binary.PLUS ? "-" : "+", SUM, left, positive);
    }
    return infix(f.symbol(), SUM, left, right);
  }

  /** In brackets if it is a product of matrices, which is easily misread among other products. */
  private Notation elementwise() {
    return binding == MATRICES ? atom("(" + text + ")") : this;
  }

  private static Notation constant(Array value) {
    return value.length() == 1 && value.shape().rank() == 0
        ? number(value)
        : atom(
            value.length() <= 4 && value.shape().rank() == 1
                ? value.toString()
                : "constant " + value.shape());
  }

  private static Notation number(Array value) {
    String text = value.toString().replace("Infinity", "∞");
    String plain = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    return new Notation(plain, plain.startsWith("-") ? SIGN : ATOM);
  }

  private static Notation reduction(String function, Tensor node, Notation x, List<Integer> axes) {
    int rank = node.inputs().getFirst().rank();
    if (axes.size() == rank) {
      return call(function, x.text);
    }
    String along =
        axes.stream().map(axis -> Integer.toString(axis - rank)).collect(Collectors.joining(" "));
    return call(function, x.text, (axes.size() == 1 ? "axis " : "axes ") + along);
  }

  private static Notation transpose(Notation x, List<Integer> order) {
    int rank = order.size();
    boolean lastTwo =
        rank >= 2
            && order.get(rank - 1) == rank - 2
            && order.get(rank - 2) == rank - 1
            && IntStream.range(0, rank - 2).allMatch(axis -> order.get(axis) == axis);
    return lastTwo
        ? new Notation(x.inside(ATOM) + "ᵀ", ATOM)
        : call(
            "transpose",
            x.text,
            order.stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }

  private static Notation slice(
      Tensor node, Notation x, int axis, Size start, long step, Size size) {
    String end =
        start
            .plus(step == 1 ? size : size.times(Size.of(step)))
            .map(Size::toString)
            .orElse(start + "+" + size);
    String range = (start.is(0) ? "" : start) + ":" + end + (step == 1 ? "" : ":" + step);
    String before = ":, ".repeat(axis);
    String after = ", :".repeat(node.rank() - axis - 1);
    return atom(x.inside(ATOM) + "[" + before + range + after + "]");
  }

  private static String grouped(int groups) {
    return groups == 1 ? "" : " in " + groups + " groups";
  }
}
