package dev.cajal.optim;

import java.lang.reflect.RecordComponent;

/** The numbers that the usual optimizers are made with, by their names: what they may be. */
final class Settings {
  private Settings() {}

  /** The optimizer, if it is one of the usual ones only with numbers that make sense. */
  static Optimizer checked(Optimizer optimizer) {
    Class<?> type = optimizer.getClass();
    if (type.getEnclosingClass() == Optimizers.class && type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        require(optimizer, component.getName(), number(component, optimizer));
      }
    }
    return optimizer;
  }

  private static double number(RecordComponent component, Optimizer optimizer) {
    try {
      return (double) component.getAccessor().invoke(optimizer);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the numbers of " + optimizer, e);
    }
  }

  private static void require(Optimizer optimizer, String name, double number) {
    boolean isPart =
        switch (name) {
          case "beta", "beta1", "beta2", "rho" -> true;
          case "rate", "decay", "epsilon" -> false;
          default -> throw new AssertionError(name);
        };
    boolean fits = number >= 0 && number < (isPart ? 1 : Double.POSITIVE_INFINITY);
    if (!fits) {
      String wanted = isPart ? "from 0 to below 1" : "0 or more";
      throw new IllegalArgumentException(
          "%s: the %s is %s, not %s".formatted(optimizer, name, wanted, number));
    }
  }
}
