package dev.cajal.optim;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;

/** What an optimizer keeps for a parameter from step to step, and what the step is. */
public interface State {

  /** What the last step kept under a name, of the parameter's shape; zeros at first. */
  Tensor like(String name, Parameter parameter);

  /** A number that the last step kept under a name. */
  Tensor number(String name, double first);

  /** The number of this step: 1, 2, … */
  Tensor step();

  /** The rate of this step: as given, times what the schedule says. */
  Tensor rate(double rate);
}
