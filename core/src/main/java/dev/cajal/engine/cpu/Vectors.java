package dev.cajal.engine.cpu;

import dev.cajal.engine.cpu.emit.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which vectors this JVM has. */
final class Vectors {
  private static final System.Logger LOG = System.getLogger("dev.cajal");

  /**
   * Overrides what is found: 512, 256, 128 or none. With one of these, or "now", vector code runs
   * at once; with "later" never, but plain code that gives its bits. Without it a kernel begins
   * with plain code, and changes over when vector code is warm.
   */
  private static final String PROPERTY = "cajal.vectors";

  private static final String LEVEL = "-XX:TieredStopAtLevel=";

  /** What comes after these is not the JVM's. */
  private static final Set<String> LAST = Set.of("-jar", "-m", "--module");

  private static final Set<String> WITH_VALUE =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "--upgrade-module-path",
          "--add-modules",
          "--limit-modules",
          "--add-exports",
          "--add-opens",
          "--add-reads",
          "--patch-module");

  private static @Nullable Lanes found;

  private Vectors() {}

  /** The lanes that generated code should use. */
  static synchronized Lanes lanes() {
    Lanes its = found;
    if (its == null) {
      its = find();
      found = its;
    }
    return its;
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
      case "" -> lanes().isVector() ? Start.WHEN_WARM : Start.NOW;
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
    Optional<String> why = whyNotOptimised();
    if (why.isPresent()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "no vectors: many times slower than it could be; start java without {0}, which turns off"
              + " its optimising compiler",
          why.get());
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

  /** The option that turns off the compiler without which vectors are a thousand times slower. */
  private static Optional<String> whyNotOptimised() {
    String mode = System.getProperty("java.vm.info", "");
    var options = new ArrayList<String>();
    for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
      options.addAll(List.of(System.getenv().getOrDefault(variable, "").split("\\s+")));
    }
    ProcessHandle.current().info().arguments().map(Vectors::options).ifPresent(options::addAll);
    Optional<String> level =
        options.stream()
            .filter(option -> option.startsWith(LEVEL))
            .reduce((_, last) -> last)
            .filter(option -> !option.equals(LEVEL + "4"));
    if (mode.contains("interpreted")) {
      return Optional.of(level.orElse("-Xint"));
    }
    return mode.contains("emulated-client") ? Optional.of(level.orElse("-client")) : level;
  }

  /** The JVM's own: what comes before the main class, of which a class path is no part. */
  private static List<String> options(String... arguments) {
    var options = new ArrayList<String>();
    boolean isValue = false;
    for (String argument : arguments) {
      if (!isValue && (!argument.startsWith("-") || LAST.contains(argument))) {
        break;
      }
      options.add(argument);
      isValue = !isValue && WITH_VALUE.contains(argument);
    }
    return options;
  }
}
