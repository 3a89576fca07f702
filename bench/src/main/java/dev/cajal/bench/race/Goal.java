package dev.cajal.bench.race;

import static dev.cajal.bench.race.Workload.W1;
import static dev.cajal.bench.race.Workload.W2;
import static dev.cajal.bench.race.Workload.W3;
import static dev.cajal.bench.race.Workload.W4;
import static dev.cajal.bench.race.Workload.W5;
import static dev.cajal.bench.race.Workload.W6;
import static dev.cajal.bench.race.Workload.W7;
import static dev.cajal.bench.race.Workload.W8;
import static dev.cajal.bench.race.Workload.W9;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Cajal is to reach: so many times a peer's figure or more; or, where less is better, that or
 * less.
 *
 * @param ratio ours over the peer's
 */
public record Goal(Workload workload, Metric metric, int threads, String peer, double ratio) {

  private static final List<Goal> ALL = all();

  private static List<Goal> all() {
    var goals = new ArrayList<Goal>();
    add(goals, W1, "steps", Peers.PYTORCH, 150, 150);
    add(goals, W1, "steps", Peers.SMILE, 1.2, 1.2);
    add(goals, W1, "steps", Peers.ENCOG, 1.2, 1.2);
    add(goals, W2, "samples", Peers.TENSORFLOW, 1.1, 1.5);
    add(goals, W2, "samples", Peers.PYTORCH, 1.8, 1.8);
    add(goals, W3, "samples", Peers.TENSORFLOW, 1, 1);
    add(goals, W3, "samples", Peers.PYTORCH, 1.2, 1.2);
    add(goals, W4, "samples", Peers.PYTORCH, 1.3, 1.3);
    add(goals, W5, "tokens", Peers.PYTORCH, 1.05, 1.05);
    add(goals, W6, "tokens", Peers.PYTORCH, 1.3, 1.3);
    for (String percentile : List.of("p50", "p99")) {
      add(goals, W7, percentile, Peers.SMILE, 0.5, 0.5);
      add(goals, W7, percentile, Peers.ONNX_RUNTIME, 0.5, 0.5);
    }
    add(goals, W8, "seconds", Peers.SCIKIT_LEARN, 1, 1);
    add(goals, W8, "memory", Peers.SCIKIT_LEARN, 1, 1);
    add(goals, W9, "1024", Peers.OPENBLAS, 1, 1);
    add(goals, W9, "2048", Peers.OPENBLAS, 1, 1);
    for (Workload workload : Workload.values()) {
      add(goals, workload, "memory", Peers.PYTORCH, 0.5, 0.5);
    }
    return List.copyOf(goals);
  }

  /** A goal for one thread, and one for two. */
  private static void add(
      List<Goal> goals, Workload workload, String metric, String peer, double one, double two) {
    goals.add(new Goal(workload, workload.metric(metric), 1, peer, one));
    goals.add(new Goal(workload, workload.metric(metric), 2, peer, two));
  }

  /** The goal in something, if there is one. Those of two threads hold for more as well. */
  static Optional<Goal> of(Workload workload, Metric metric, int threads, String peer) {
    return ALL.stream()
        .filter(goal ->
            goal.workload == workload
                && goal.metric.equals(metric)
                && goal.threads == Math.min(threads, 2)
                && goal.peer.equals(peer))
        .findFirst();
  }

  boolean isMetBy(double reached) {
    return switch (metric.better()) {
      case MORE -> reached >= ratio;
      case LESS -> reached <= ratio;
    };
  }
}
