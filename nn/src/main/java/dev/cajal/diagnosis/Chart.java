package dev.cajal.diagnosis;

import java.util.Optional;

/**
 * All that is known of a run when it is examined; what is not known is empty.
 *
 * @param constant what one would reach without looking at a sample
 */
record Chart(
    Curves curves,
    Optional<Probe> probe,
    Optional<Outcome> training,
    Optional<Outcome> validation,
    Optional<Constant> constant) {

  static Chart of(Curves curves, Optional<Probe> probe) {
    return new Chart(curves, probe, Optional.empty(), Optional.empty(), Optional.empty());
  }

  Chart with(Outcome training, Optional<Outcome> validation) {
    return new Chart(curves, probe, Optional.of(training), validation, Constant.of(training));
  }

  /**
   * How large a loss is that has to be taken seriously: that of the best constant, or as far as is
   * known that of the first epoch.
   */
  double scale() {
    double[] losses = curves.training();
    return constant
        .map(Constant::loss)
        .orElseGet(() ->
            losses.length > 0
                ? losses[0]
                : probe.map(its -> its.measurements().getFirst().loss()).orElse(Double.NaN));
  }
}
