package dev.cajal.tensor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is written into the boxes of a {@link Diagram} and at its arrows. */
final class Caption {
  /** Stands for what comes in through an arrow. */
  private static final String ARROW = "\u0000";

  private static final String MINUS = "−";

  private Caption() {}

  /** A node's own name in front of what it does. */
  static String title(Tensor node, String label) {
    boolean leaf = node.op() instanceof Op.Input || node.op() instanceof Op.Param;
    return node.name().map(name -> leaf ? name : name + ": " + label).orElse(label);
  }

  /** What stands over the step of a loop. */
  static String title(Tensor loop, Body body) {
    String order = body.direction() == Body.Direction.BACKWARD ? ", last step first" : "";
    return loop.name().orElse("loop") + ": " + body.steps() + " steps" + order;
  }

  /** The shape, and the dtype where it is not f32. */
  static String detail(Tensor node) {
    return node.shape() + (node.dtype() == DType.F32 ? "" : " " + node.dtype());
  }

  /** What an operation does with what comes in through arrows and with the inputs written here. */
  static String label(Tensor node, Map<Tensor, Notation> written) {
    // Notation has all about an operation; what the arrows show is left out of it.
    String rest =
        Notation.of(node, input -> written.getOrDefault(input, Notation.atom(ARROW)))
            .text()
            .replace(ARROW + ", ", "")
            .replace(", " + ARROW, "")
            .replace("(" + ARROW + ")", "")
            .replace(ARROW, "")
            .strip();
    return switch (node.op()) {
      case Op.Map1(var f) when f == Unary.NEGATE -> "negate";
      case Op.Map2(var f) when f == Binary.MINUS -> rest.replace("-", MINUS);
      case Op.MatMul _ -> "matmul";
      case Op.Transpose _ when rest.equals("ᵀ") -> "transpose";
      case Op.Select _ -> "where" + numbers(node, written);
      case Op.Assign(var parameter) -> "assign " + parameter.label();
      default -> rest;
    };
  }

  /** {@code else 0}. */
  private static String numbers(Tensor node, Map<Tensor, Notation> written) {
    return IntStream.range(0, node.inputs().size())
        .boxed()
        .flatMap(i ->
            Optional.ofNullable(written.get(node.inputs().get(i))).stream()
                .map(number -> " " + role(node, i) + " " + number.text()))
        .collect(Collectors.joining());
  }

  /** What an input is to an operation, where its place among others matters and does not show. */
  static String role(Tensor node, int input) {
    return switch (node.op()) {
      case Op.Select _ -> List.of("if", "then", "else").get(input);
      case Op.Map2(var f) when f == Binary.MINUS -> input == 1 ? MINUS : "";
      case Op.Map2(var f) when f == Binary.OVER || f == Binary.POWER ->
          input == 1 ? f.symbol() : "";
      case Op.Compare(var relation) when relation != Comparison.EQUAL ->
          input == 1 ? relation.symbol() : "";
      case Op.MatMul _ -> input == 1 && fitsBothWays(node) ? "right" : "";
      case Op.Gather _, Op.ScatterAdd _ -> input == 1 ? "index" : "";
      case Op.Assign _ -> input == 1 ? "new" : "";
      default -> "";
    };
  }

  private static boolean fitsBothWays(Tensor product) {
    return product.inputs().getFirst().size(-2).equals(product.inputs().getLast().size(-1));
  }
}
