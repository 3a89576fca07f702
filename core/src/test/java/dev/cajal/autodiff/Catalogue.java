package dev.cajal.autodiff;

import java.util.List;
import java.util.stream.Stream;

/** One case at least of every operation and of every public method that makes a tensor. */
final class Catalogue {
  private Catalogue() {}

  static List<Case> cases() {
    return Stream.of(
            ElementwiseCases.all(),
            ReductionCases.all(),
            MovementCases.all(),
            ProductCases.all(),
            WindowCases.all(),
            RecurrenceCases.all(),
            LeafCases.all())
        .flatMap(cases -> cases)
        .toList();
  }
}
