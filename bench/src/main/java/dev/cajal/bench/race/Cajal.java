package dev.cajal.bench.race;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Map;

/**
 * Cajal's own place in the race: processes with the JVM, its options and the class path of this
 * one, and with the Vector API.
 */
final class Cajal {
  static final String NAME = "Cajal";

  private static final String VECTORS = "--add-modules=jdk.incubator.vector";

  private Cajal() {}

  static Entry.Ready enter() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    if (!command.contains(VECTORS)) {
      command.add(VECTORS);
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.cajal.bench.Contestant");
    return new Entry.Ready(NAME, EnumSet.allOf(Workload.class), command, Map.of());
  }
}
