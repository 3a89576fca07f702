package dev.cajal.tensor;

import java.util.List;

/**
 * A picture of an expression, in no particular language yet: a box a node, arrows along which
 * values flow, and around the step of each loop a frame.
 *
 * @param frame what is around the whole
 * @param arrows all arrows, also those between boxes of different frames
 */
record Diagram(Frame frame, List<Arrow> arrows) {

  /** What a box stands for. */
  enum Kind {
    INPUT,
    PARAMETER,
    CONSTANT,
    RANDOM,
    OPERATION,
    OUTPUT
  }

  /**
   * A node.
   *
   * @param id a word that no other box has
   * @param label its name or what it does
   * @param detail its shape, and its dtype where that is not f32
   */
  record Box(String id, Kind kind, String label, String detail) {}

  /** Boxes that belong together; the outermost has no title. */
  record Frame(String id, String title, List<Box> boxes, List<Frame> frames) {}

  /**
   * Where a value flows.
   *
   * @param label what it is to the operation that takes it, where that is not plain; may be empty
   * @param back whether it flows to the next step of a loop
   */
  record Arrow(String from, String to, String label, boolean back) {}

  static Diagram of(Graph graph) {
    return Drawing.of(graph);
  }
}
