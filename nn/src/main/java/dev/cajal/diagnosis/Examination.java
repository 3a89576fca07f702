package dev.cajal.diagnosis;

import java.util.List;
import java.util.Set;

/** Looks for some illnesses, as far as the chart of a run allows. */
sealed interface Examination permits LongSteps, ShortSteps, Signals, Fitting, Classes, Features {

  /** What the chart allows to look for. */
  Set<Illness> examined();

  List<Finding> findings();

  /** All of them. */
  static List<Examination> of(Chart chart) {
    return List.of(
        new Signals(chart),
        new LongSteps(chart),
        new ShortSteps(chart),
        new Fitting(chart),
        new Classes(chart),
        new Features(chart));
  }
}
