package dev.cajal.engine.cpu;

import dev.cajal.engine.cpu.emit.Lanes;
import java.util.Locale;

/** Which vectors this JVM has. */
final class Vectors {
  private static final System.Logger LOG = System.getLogger("dev.cajal");

  /** Overrides what is found, to try other widths: 512, 256, 128 or none. */
  private static final String PROPERTY = "cajal.vectors";

  private static final Lanes LANES = find();

  private Vectors() {}

  /** The lanes that generated code should use. */
  static Lanes lanes() {
    return LANES;
  }

  private static Lanes find() {
    String wanted = System.getProperty(PROPERTY, "").toLowerCase(Locale.ROOT);
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
      case "" -> Lanes.preferred();
      default ->
          throw new IllegalArgumentException(
              "%s is \"%s\": it must be 512, 256, 128 or none".formatted(PROPERTY, wanted));
    };
  }
}
