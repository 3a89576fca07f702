package dev.cajal.bench.race;

import java.nio.file.Path;
import java.util.Set;

/** Somebody else's software, in a folder of its own, that runs some of the workloads. */
sealed interface Peer permits JavaPeer, PythonPeer {

  String name();

  Set<Workload> workloads();

  /** Makes it ready, from its folder within {@code peers}, or says why that can't be. */
  Entry enter(Path peers) throws InterruptedException;
}
