package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Nest;
import dev.cajal.engine.cpu.emit.Code;
import dev.cajal.engine.cpu.emit.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What some instructions of a nest need when they are written in a method of their own. */
final class Needs {
  private final LoopWriter loop;
  private final int pass;
  private final Map<Integer, Value> steady;

  /** The instructions that read or write memory. */
  private final Set<Integer> inMemory = new LinkedHashSet<>();

  /** The instructions whose values are known before. */
  private final Map<Integer, Value> known = new LinkedHashMap<>();

  private final Set<Integer> computed = new LinkedHashSet<>();

  /** The needs of instructions in a pass, for which some are {@code steady} along the row. */
  Needs(LoopWriter loop, int pass, Map<Integer, Value> steady) {
    this.loop = loop;
    this.pass = pass;
    this.steady = steady;
  }

  /** Adds the needs of an instruction's value. */
  void addValue(int instruction) {
    Value value = loop.scope.uniform().getOrDefault(instruction, steady.get(instruction));
    if (value != null) {
      known.put(instruction, value);
      return;
    }
    if (!computed.add(instruction)) {
      return;
    }
    if (loop.analysis.isKept(instruction, pass)) {
      return;
    }
    switch (loop.program.get(instruction)) {
      case Nest.Load _, Nest.Index _ -> inMemory.add(instruction);
      case Nest.Map map -> map.arguments().forEach(this::addValue);
      case Nest.Literal _, Nest.Reduce _, Nest.Store _ -> throw new AssertionError(instruction);
    }
  }

  /** Adds the address of a store. */
  void addStore(int instruction) {
    inMemory.add(instruction);
  }

  /** The Java arrays that are used. */
  Set<Value> arrays() {
    Set<Value> arrays = new LinkedHashSet<>();
    arrays.add(loop.scope.scratch());
    for (int instruction : inMemory) {
      int memory = loop.memory(instruction);
      if (memory >= 0) {
        arrays.add(loop.array(loop.scope, memory));
      }
    }
    return arrays;
  }

  /** The numbers that are used: addresses, and what is known. */
  Set<Value> numbers(Value[] addresses) {
    Set<Value> numbers = new LinkedHashSet<>();
    inMemory.forEach(instruction -> numbers.add(addresses[instruction]));
    numbers.addAll(known.values());
    return numbers;
  }

  /** What is at hand in the method. */
  Scope inside(Code.Apart apart) {
    var scope = new Scope(apart.code(), apart.of(loop.scope.scratch()));
    for (int instruction : inMemory) {
      int memory = loop.memory(instruction);
      if (memory >= 0) {
        scope.arrays().put(memory, apart.of(loop.array(loop.scope, memory)));
      }
    }
    known.forEach((instruction, value) -> scope.uniform().put(instruction, apart.of(value)));
    return scope;
  }

  /** The addresses in the method. */
  Value[] inside(Code.Apart apart, Value[] addresses) {
    var inside = new Value[addresses.length];
    inMemory.forEach(instruction -> inside[instruction] = apart.of(addresses[instruction]));
    return inside;
  }
}
