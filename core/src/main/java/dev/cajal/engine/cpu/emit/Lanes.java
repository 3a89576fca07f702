package dev.cajal.engine.cpu.emit;

import java.util.Optional;

/**
 * How many f32 numbers generated code handles at once: the lanes of a vector of the Vector API, or
 * one with plain Java.
 *
 * @param count 16, 8 or 4 lanes of a vector; 1 without vectors
 */
public record Lanes(int count) {
  /** One number at a time. */
  public static final Lanes ONE = new Lanes(1);

  /** The module that has the Vector API; present only where the JVM was told to add it. */
  static final String MODULE = "jdk.incubator.vector";

  public Lanes {
    if (count != 1 && count != 4 && count != 8 && count != 16) {
      throw new IllegalArgumentException("vectors have 4, 8 or 16 lanes, not " + count);
    }
  }

  public boolean isVector() {
    return count > 1;
  }

  /** The lanes of a vector of so many bits. */
  public static Lanes ofBits(int bits) {
    return new Lanes(bits / Float.SIZE);
  }

  public int bits() {
    return count * Float.SIZE;
  }

  /** Whether this JVM has the Vector API. */
  public static boolean areAvailable() {
    return vectorModule().isPresent();
  }

  /** What the processor's own vectors hold, if the JVM has the Vector API. */
  public static Lanes preferred() {
    return vectorModule().map(Lanes::preferred).orElse(ONE);
  }

  private static Lanes preferred(Module vectors) {
    try {
      Class<?> floats = Class.forName(vectors, MODULE + ".FloatVector");
      Object species = floats.getField("SPECIES_PREFERRED").get(null);
      Class<?> type = Class.forName(vectors, MODULE + ".VectorSpecies");
      int length = (int) type.getMethod("length").invoke(species);
      return length < 4 ? ONE : new Lanes(Math.min(length, 16));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the Vector API of this JVM is not as expected", e);
    }
  }

  /** Makes the Vector API readable for code of this module; empty where the JVM has none. */
  static Optional<Module> vectorModule() {
    Optional<Module> vectors = ModuleLayer.boot().findModule(MODULE);
    vectors.ifPresent(Lanes.class.getModule()::addReads);
    return vectors;
  }
}
