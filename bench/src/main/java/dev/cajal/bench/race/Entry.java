package dev.cajal.bench.race;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a contestant can take part on this machine. */
public sealed interface Entry {

  /** The name of the contestant, without a version. */
  String name();

  /**
   * It can: a command that takes a workload and a number of threads as two further arguments. The
   * text {@code {threads}} in it, and in the environment, stands for that number.
   */
  record Ready(
      String name, Set<Workload> workloads, List<String> command, Map<String, String> environment)
      implements Entry {}

  /** It can't, and why. */
  record Missing(String name, String why) implements Entry {}

  /**
   * Cajal, and the peers that run any of the workloads.
   *
   * @param peers the folder of the peers, if they are wanted
   * @param progress where to tell of what takes time
   */
  static List<Entry> all(Optional<Path> peers, List<Workload> workloads, PrintStream progress)
      throws InterruptedException {
    var entries = new ArrayList<Entry>();
    entries.add(Cajal.enter());
    if (peers.isPresent()) {
      for (Peer peer : Peers.all()) {
        if (!Collections.disjoint(peer.workloads(), workloads)) {
          progress.println("making ready: " + peer.name());
          entries.add(peer.enter(peers.get()));
        }
      }
    }
    return entries;
  }
}
