package dev.cajal.diagnosis;

import static dev.cajal.diagnosis.Illness.CLASSES_NEVER_PREDICTED;
import static dev.cajal.diagnosis.Illness.DEAD_RELUS;
import static dev.cajal.diagnosis.Illness.EXPLODING_GRADIENTS;
import static dev.cajal.diagnosis.Illness.OVER_FITTING;
import static dev.cajal.diagnosis.Illness.RATE_TOO_HIGH;
import static dev.cajal.diagnosis.Illness.RATE_TOO_LOW;
import static dev.cajal.diagnosis.Illness.SATURATED_SIGMOIDS;
import static dev.cajal.diagnosis.Illness.SATURATED_TANHS;
import static dev.cajal.diagnosis.Illness.UNDER_FITTING;
import static dev.cajal.diagnosis.Illness.VANISHING_GRADIENTS;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which illness has others as its signs, so that only the cause is a finding. What was there before
 * the first step causes what came later, and not the other way round.
 *
 * <ul>
 *   <li>Units that give nothing on, and gradients that do not arrive, keep a network from learning:
 *       it moves little, under-fits, and leaves out classes.
 *   <li>Where everything changes with every step, units are driven into death and saturation.
 *   <li>Where gradients vanished, or inputs are too large, no rate suits all layers: what is right
 *       for one is too much for another.
 *   <li>What was learned by heart is thrown away when the best epoch is kept, which is an early
 *       one, and the network that is left has learned little.
 *   <li>Units that are saturated by inputs that are too large see steps instead of slopes: the
 *       network learns the samples by heart.
 * </ul>
 */
final class Causes {
  private static final Set<Illness> NOT_LEARNING =
      EnumSet.of(RATE_TOO_LOW, UNDER_FITTING, CLASSES_NEVER_PREDICTED);
  private static final Set<Illness> OF_SIGNALS =
      EnumSet.of(
          EXPLODING_GRADIENTS,
          VANISHING_GRADIENTS,
          DEAD_RELUS,
          SATURATED_SIGMOIDS,
          SATURATED_TANHS);

  private Causes() {}

  /** The findings that no other explains, each with what it does explain. */
  static List<Finding> of(List<Finding> findings) {
    var open = new ArrayList<>(findings);
    open.sort(Comparator.comparingInt(each -> (each.isInnate() ? 0 : 100) + rank(each.illness())));
    var causes = new ArrayList<Finding>();
    while (!open.isEmpty()) {
      Finding cause = open.removeFirst();
      for (Finding effect : List.copyOf(open)) {
        if (explains(cause, effect)) {
          cause = cause.explaining(effect.illness());
          open.remove(effect);
        }
      }
      causes.add(cause);
    }
    return causes;
  }

  /** What is the cause of two that are there from the same time on. */
  private static int rank(Illness illness) {
    return switch (illness) {
      case RATE_TOO_HIGH -> 0;
      case EXPLODING_GRADIENTS -> 1;
      case DEAD_RELUS, SATURATED_SIGMOIDS, SATURATED_TANHS -> 2;
      case VANISHING_GRADIENTS -> 3;
      case RATE_TOO_LOW -> 4;
      case OVER_FITTING, VALIDATION_EASIER, LEAKING_FEATURES, CONSTANT_FEATURES -> 5;
      case UNDER_FITTING -> 6;
      case CLASSES_NEVER_PREDICTED -> 7;
    };
  }

  private static boolean explains(Finding cause, Finding effect) {
    Illness its = effect.illness();
    boolean isLater = !effect.isInnate();
    return switch (cause.illness()) {
      case EXPLODING_GRADIENTS ->
          isOf(its, NOT_LEARNING)
              || (cause.isInnate() && its == RATE_TOO_HIGH)
              || its == OVER_FITTING
              || isOf(its, OF_SIGNALS);
      case RATE_TOO_HIGH ->
          isOf(its, NOT_LEARNING) || its == OVER_FITTING || (isLater && isOf(its, OF_SIGNALS));
      case DEAD_RELUS -> isOf(its, NOT_LEARNING) || its == VANISHING_GRADIENTS;
      case SATURATED_SIGMOIDS, SATURATED_TANHS ->
          isOf(its, NOT_LEARNING)
              || its == VANISHING_GRADIENTS
              || its == OVER_FITTING
              || (cause.isInnate() && its == RATE_TOO_HIGH)
              || (isLater && isOf(its, OF_SIGNALS));
      case VANISHING_GRADIENTS ->
          isOf(its, NOT_LEARNING)
              || (cause.isInnate() && its == RATE_TOO_HIGH)
              || (isLater && isOf(its, OF_SIGNALS));
      case RATE_TOO_LOW, UNDER_FITTING -> isOf(its, NOT_LEARNING);
      case OVER_FITTING -> isOf(its, NOT_LEARNING);
      case CLASSES_NEVER_PREDICTED ->
          cause.isInnate() && (its == OVER_FITTING || its == UNDER_FITTING);
      case VALIDATION_EASIER, LEAKING_FEATURES, CONSTANT_FEATURES -> false;
    };
  }

  private static boolean isOf(Illness illness, Set<Illness> some) {
    return some.contains(illness);
  }
}
