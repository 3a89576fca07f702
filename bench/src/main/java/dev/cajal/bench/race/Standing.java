package dev.cajal.bench.race;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all contestants reached in one workload with one number of threads. */
public record Standing(Workload workload, int threads, List<Place> places) {

  /**
   * One contestant's.
   *
   * @param name who
   * @param title who, with the version
   * @param figures by metric; empty if it failed
   * @param failure why it has none
   */
  public record Place(
      String name, String title, Map<Metric, Figure> figures, Optional<String> failure) {

    Optional<Figure> figure(Metric metric) {
      return Optional.ofNullable(figures.get(metric));
    }
  }

  /** Our own median over a peer's. */
  Optional<Double> ratio(Place peer, Metric metric) {
    if (peer.name().equals(Cajal.NAME)) {
      return Optional.empty();
    }
    return places.stream()
        .filter(place -> place.name().equals(Cajal.NAME))
        .findFirst()
        .flatMap(ours -> ours.figure(metric))
        .flatMap(ours -> peer.figure(metric).map(theirs -> ours.median() / theirs.median()));
  }

  /** What was to be reached against a peer. */
  Optional<Goal> goal(Place peer, Metric metric) {
    return Goal.of(workload, metric, threads, peer.name());
  }
}
