package dev.cajal.compile.schedule;

import dev.cajal.tensor.DType;
import java.util.List;

/**
 * A value with its own numbers in memory, or that could have: what is left of an expression when
 * movement has become views. Equal to itself alone.
 */
public final class Node {
  private final Task task;
  private final List<Operand> operands;
  private final DType dtype;
  private final View layout;
  private final String name;

  Node(Task task, List<Operand> operands, DType dtype, View layout, String name) {
    this.task = task;
    this.operands = List.copyOf(operands);
    this.dtype = dtype;
    this.layout = layout;
    this.name = name;
  }

  public Task task() {
    return task;
  }

  public List<Operand> operands() {
    return operands;
  }

  public DType dtype() {
    return dtype;
  }

  /** Its shape, and where its elements lie: row by row but for what is given from outside. */
  public View layout() {
    return layout;
  }

  public int elements() {
    return layout.elements();
  }

  /** How it is called where kernels are explained. */
  public String name() {
    return name;
  }

  /** Whether it is computed in a generated loop. */
  boolean isLoop() {
    return switch (task) {
      case Task.Map _, Task.Copy _, Task.Reduce _ -> true;
      case Task.Given _, Task.Literal _, Task.Range _, Task.Call _, Task.Result _ -> false;
    };
  }

  /** Whether it has its numbers without being computed. */
  boolean isLeaf() {
    return switch (task) {
      case Task.Given _, Task.Literal _, Task.Range _ -> true;
      case Task.Map _, Task.Copy _, Task.Reduce _, Task.Call _, Task.Result _ -> false;
    };
  }

  @Override
  public String toString() {
    return name + layout.sizes();
  }
}
