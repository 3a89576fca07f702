package dev.cajal.optim;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.Map;

/** Functions that print as what they do. */
final class Named {
  private Named() {}

  record Rule(String name, GradientRule rule) implements GradientRule {
    @Override
    public Map<Parameter, Tensor> apply(Map<Parameter, Tensor> gradients) {
      return rule.apply(gradients);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  record Limit(String name, Constraint constraint) implements Constraint {
    @Override
    public Tensor apply(Tensor value) {
      return constraint.apply(value);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  record Pace(String name, Schedule schedule) implements Schedule {
    @Override
    public double at(long step) {
      return schedule.at(step);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
