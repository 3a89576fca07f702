package dev.cajal.bench.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is measured on. What only Linux tells is left out elsewhere. */
public final class Machine {
  private static final Path SYSTEM = Path.of("/proc");

  private Machine() {}

  /** Processor, cores, memory, system and Java, in a line. */
  public static String describe() {
    var parts = new ArrayList<String>();
    parts.add(
        lines("cpuinfo")
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.replaceFirst(".*: ", ""))
            .findFirst()
            .orElse(System.getProperty("os.arch")));
    parts.add(Runtime.getRuntime().availableProcessors() + " cores");
    lines("meminfo")
        .filter(line -> line.startsWith("MemTotal"))
        .map(line -> Math.round(Long.parseLong(line.replaceAll("\\D+", "")) / 1048576.0) + " GB")
        .forEach(parts::add);
    parts.add(System.getProperty("os.name") + " " + System.getProperty("os.version"));
    parts.add("Java " + Runtime.version());
    return String.join(", ", parts);
  }

  static boolean hasAvx512() {
    return lines("cpuinfo").anyMatch(line -> line.startsWith("flags") && line.contains(" avx512f"));
  }

  /** How busy others have kept the machine since this was made. */
  public static final class Load {
    private final double before = foreignSeconds();
    private final long start = System.nanoTime();

    public double foreignCores() {
      return Math.max(0, foreignSeconds() - before) / ((System.nanoTime() - start) / 1e9);
    }
  }

  /**
   * The seconds of processor time that somebody else has used since the machine was started: all
   * but this process and the children that it has waited for; 0 where the system doesn't tell.
   */
  private static double foreignSeconds() {
    List<String> words = lines("stat").findFirst().map(Machine::words).orElse(List.of());
    if (words.size() < 9) {
      return 0;
    }
    // In ticks of a hundredth: user, nice, system; then, past idle and waiting, interrupts and what
    // a host has taken.
    long busy = Stream.of(1, 2, 3, 6, 7, 8).map(words::get).mapToLong(Long::parseLong).sum();
    // After the name in brackets, which may hold blanks: user, system, and the same of children.
    String own = lines("self/stat").findFirst().orElseThrow();
    List<String> fields = words(own.substring(own.lastIndexOf(')') + 2));
    long ours = Stream.of(11, 12, 13, 14).map(fields::get).mapToLong(Long::parseLong).sum();
    return (busy - ours) / 100.0;
  }

  private static List<String> words(String line) {
    return List.of(line.split(" +", -1));
  }

  private static Stream<String> lines(String file) {
    try {
      return Files.readAllLines(SYSTEM.resolve(file)).stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
