package dev.cajal.engine.cpu.emit;

import java.util.Optional;

/**
 * How many f32 numbers generated code handles at once: the lanes of a vector of the Vector API, or
 * one with plain Java.
 *
 * @param count 16, 8 or 4 lanes of a vector; 1 without vectors
 * @param sums how many sums are taken side by side where a row is added up, and then added in
 *     pairs: as many as a vector has lanes
 */
public record Lanes(int count, int sums) {
  /** One number at a time. */
  public static final Lanes ONE = new Lanes(1, 1);

  /** The module that has the Vector API; present only where the JVM was told to add it. */
  static final String MODULE = "jdk.incubator.vector";

  public Lanes {
    if (sums != 1 && sums != 4 && sums != 8 && sums != 16) {
      throw new IllegalArgumentException("vectors have 4, 8 or 16 lanes, not " + sums);
    }
    if (count != 1 && count != sums) {
      throw new IllegalArgumentException("%d lanes and %d sums".formatted(count, sums));
    }
  }

  /** One number at a time, so that the results have the same bits as with these lanes. */
  public Lanes inTurn() {
    return new Lanes(1, sums);
  }

  public boolean isVector() {
    return count > 1;
  }

  /** So many lanes: 16, 8 or 4 of a vector, or one. */
  public static Lanes of(int lanes) {
    return new Lanes(lanes, lanes);
  }

  /** The lanes of a vector of so many bits. */
  public static Lanes ofBits(int bits) {
    return of(bits / Float.SIZE);
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
      return length < 4 ? ONE : of(Math.min(length, 16));
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
