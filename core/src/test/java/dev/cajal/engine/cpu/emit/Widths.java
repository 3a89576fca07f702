package dev.cajal.engine.cpu.emit;

import java.util.List;
import java.util.stream.Stream;

/** The lanes that code is tested with: every number that this machine has instructions for. */
public final class Widths {
  private Widths() {}

  /** The widest first, one at last. */
  public static List<Lanes> all() {
    int widest = Lanes.preferred().count();
    return Stream.of(16, 8, 4, 1).filter(count -> count <= widest).map(Lanes::of).toList();
  }

  /** All vectors, and each also as plain code. */
  public static List<Lanes> allAndInTurn() {
    return all().stream().flatMap(lanes -> Stream.of(lanes, lanes.inTurn())).distinct().toList();
  }
}
