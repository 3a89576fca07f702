package dev.cajal.optim;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;

/**
 * How a parameter changes in a step: a formula of its value, its gradient and what was kept of the
 * steps before.
 *
 * <pre>{@code
 * record Momentum(double rate, double beta) implements Optimizer {
 *   @Override
 *   public Update update(Parameter w, Tensor g, State state) {
 *     Tensor u = state.like("u", w).times(beta).plus(g);
 *     return Update.to(w.value().minus(u.times(state.rate(rate)))).keeping("u", u);
 *   }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Optimizer {

  /**
   * The parameter after a step.
   *
   * @param gradient of the loss to the parameter
   * @param state what is kept from step to step, and which step it is
   */
  Update update(Parameter parameter, Tensor gradient, State state);
}
