package dev.cajal.engine.cpu;

import dev.cajal.engine.cpu.emit.Code;
import dev.cajal.engine.cpu.emit.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * What is at hand in one method of a loop's code.
 *
 * @param code the method
 * @param scratch the scratch memory
 * @param arrays the Java arrays of the nest's memories, by their number
 * @param uniform what is the same for the whole row, by instruction
 */
record Scope(Code code, Value scratch, Map<Integer, Value> arrays, Map<Integer, Value> uniform) {
  Scope(Code code, Value scratch) {
    this(code, scratch, new HashMap<>(), new HashMap<>());
  }

  /** The same method with other lanes, or with some of them alone. */
  Scope with(Code other) {
    return new Scope(other, scratch, arrays, uniform);
  }
}
