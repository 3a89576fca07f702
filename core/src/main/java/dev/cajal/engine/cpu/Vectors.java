package dev.cajal.engine.cpu;

import dev.cajal.engine.cpu.emit.Lanes;
import java.util.Locale;

/** Which vectors this JVM has. */
final class Vectors {
  private static final System.Logger LOG = System.getLogger("dev.cajal");

  /**
   * Overrides what is found: 512, 256, 128 or none. With one of these, or "now", vector code runs
   * at once; with "later" never, but plain code that gives its bits. Without it a kernel begins
   * with plain code, and changes over when vector code is warm.
   */
  private static final String PROPERTY = "cajal.vectors";

  private static final Lanes LANES = find();

  private Vectors() {}

  /** The lanes that generated code should use. */
  static Lanes lanes() {
    return LANES;
  }

  /** When kernels are to run as vector code. */
  enum Start {
    /** At once. */
    NOW,
    /** When it is warm, and plain code until then. */
    WHEN_WARM,
    /** Never, but with the same bits; as far as there is plain code. */
    LATER
  }

  /** As it is set now. */
  static Start start() {
    return switch (wanted()) {
      case "" -> LANES.isVector() ? Start.WHEN_WARM : Start.NOW;
      case "later" -> Start.LATER;
      default -> Start.NOW;
    };
  }

  private static String wanted() {
    return System.getProperty(PROPERTY, "").toLowerCase(Locale.ROOT);
  }

  private static Lanes find() {
    String wanted = wanted();
    if (wanted.equals("none")) {
      return Lanes.ONE;
    }
    if (!Lanes.areAvailable()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "no vectors: several times slower than it could be; start java with"
              + " --add-modules jdk.incubator.vector");
      return Lanes.ONE;
    }
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted") || mode.contains("emulated-client")) {
      LOG.log(
          System.Logger.Level.WARNING,
          "no vectors: this JVM runs without its optimising compiler (" + mode + ")");
      return Lanes.ONE;
    }
    return switch (wanted) {
      case "512", "256", "128" -> Lanes.ofBits(Integer.parseInt(wanted));
      case "", "now", "later" -> Lanes.preferred();
      default ->
          throw new IllegalArgumentException(
              "%s is \"%s\": it must be 512, 256, 128, none, now or later"
                  .formatted(PROPERTY, wanted));
    };
  }
}
