package dev.cajal.compile.schedule;

import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import java.util.List;

/**
 * What a loop kernel does, apart from where its numbers lie: loops inside each other, and what is
 * computed in them. Two kernels with equal nests share their code.
 *
 * <p>Each element has an index along all axes, the outer before the middle before the inner ones.
 * Without middle axes the inner axes are a row: reductions run along it, and what they give is
 * known once a row. With middle axes, reductions run along those, and the inner axes are columns.
 *
 * @param outer the sizes of the outer axes but the first, whose size is known when the kernel runs
 * @param middle the sizes of the axes that are reduced although others follow
 * @param inner the sizes of the inner axes
 * @param code what is computed; each instruction refers to earlier ones by their position
 */
public record Nest(
    List<Integer> outer, List<Integer> middle, List<Integer> inner, List<Instruction> code) {
  public Nest {
    outer = List.copyOf(outer);
    middle = List.copyOf(middle);
    inner = List.copyOf(inner);
    code = List.copyOf(code);
  }

  /** A step of the computation of an element. Strides are one an axis, of all axes of the nest. */
  public sealed interface Instruction {}

  /** A number from memory; the same along the inner axes if it is one a row. */
  public record Load(int memory, DType dtype, List<Integer> strides, boolean isPerRow)
      implements Instruction {}

  public record Literal(DType dtype, double value) implements Instruction {}

  /** {@code offset + Σ index · stride}, as a number. */
  public record Index(DType dtype, int offset, List<Integer> strides, boolean isPerRow)
      implements Instruction {}

  public record Map(Op function, DType dtype, List<Integer> arguments) implements Instruction {
    public Map {
      arguments = List.copyOf(arguments);
    }
  }

  public record Reduce(boolean isSum, DType dtype, int argument) implements Instruction {}

  /**
   * A number to memory. If the nest also loads from there, each element is loaded for the last time
   * before it is stored.
   */
  public record Store(int memory, DType dtype, int value, List<Integer> strides, boolean isPerRow)
      implements Instruction {}

  /** Whether reductions run across rows. */
  public boolean isColumns() {
    return !middle.isEmpty();
  }

  public boolean hasReductions() {
    return code.stream().anyMatch(Reduce.class::isInstance);
  }

  /** How many arrays it reads and writes. */
  public int memories() {
    int memories = 0;
    for (Instruction instruction : code) {
      int used =
          switch (instruction) {
            case Load load -> load.memory + 1;
            case Store store -> store.memory + 1;
            case Literal _, Index _, Map _, Reduce _ -> 0;
          };
      memories = Math.max(memories, used);
    }
    return memories;
  }
}
