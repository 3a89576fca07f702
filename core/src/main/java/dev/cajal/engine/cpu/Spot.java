package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Place;

/** Where the numbers of a node are: looked up once, and asked in each run. */
final class Spot {
  private final Frame frame;
  private final int slot;
  private final int offset;

  Spot(Frame frame, Place place) {
    this.frame = frame;
    this.slot = place.slot();
    this.offset = place.offset();
  }

  /** The Java array that they are in. */
  Object array() {
    return frame.array(slot);
  }

  /** Where in it they begin. */
  int start() {
    return frame.base(slot) + offset;
  }

  /** Puts them somewhere else, if they are given from outside. */
  void set(Object array, int base) {
    frame.set(slot, array, base);
  }
}
