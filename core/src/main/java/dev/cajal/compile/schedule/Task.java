package dev.cajal.compile.schedule;

import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;

/** What a {@link Node} does. */
public sealed interface Task {
  /** Its numbers come from outside: an input, a parameter, a constant, a placeholder of a loop. */
  record Given(Tensor leaf) implements Task {}

  /** One number, everywhere. */
  record Literal(double value) implements Task {}

  /** The number at address i is i: what an index along an axis is a view of. */
  record Range() implements Task {}

  /** A function of the elements of its operands, which have its shape. */
  record Map(Op function) implements Task {}

  /** The elements of its operand, row by row. */
  record Copy() implements Task {}

  /** The sum or the largest along the middle of {@code [before, reduced, after]}. */
  record Reduce(boolean isSum, int before, int reduced, int after) implements Task {}

  /** An operation that is a kernel of its own. */
  record Call(Op op) implements Task {}

  /** One of the results of a loop, its operand. */
  record Result(Op read) implements Task {}
}
