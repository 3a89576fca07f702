package dev.cajal.optim;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * Everything about how gradients change a model: the optimizer, or several for groups of
 * parameters, what is done with the gradients before and with the parameters after.
 *
 * <pre>{@code
 * Learner.of(new AdamW(3e-4, 0.1))
 *     .group(path -> path.endsWith("bias") || path.contains("norm"), new AdamW(3e-4, 0))
 *     .freeze(path -> path.startsWith("encoder."))
 *     .with(GradientRule.clipNorm(1))
 * }</pre>
 */
public final class Learner {
  private final Optimizer optimizer;
  private final List<Group> groups;
  private final List<GradientRule> rules;
  private final List<Constraint> constraints;

  private record Group(Predicate<String> paths, Optional<Optimizer> optimizer) {}

  /**
   * A step of training.
   *
   * @param updates what each parameter becomes, the kept ones included
   * @param kept what the optimizers keep from step to step, by name: part of a checkpoint
   */
  public record Step(Map<Parameter, Tensor> updates, SequencedMap<String, Parameter> kept) {}

  private Learner(
      Optimizer optimizer,
      List<Group> groups,
      List<GradientRule> rules,
      List<Constraint> constraints) {
    this.optimizer = optimizer;
    this.groups = groups;
    this.rules = rules;
    this.constraints = constraints;
  }

  public static Learner of(Optimizer optimizer) {
    return new Learner(optimizer, List.of(), List.of(), List.of());
  }

  /** Parameters of these paths have an optimizer of their own; the first group that fits counts. */
  public Learner group(Predicate<String> paths, Optimizer other) {
    return withGroup(new Group(paths, Optional.of(other)));
  }

  /** Parameters of these paths stay what they are. */
  public Learner freeze(Predicate<String> paths) {
    return withGroup(new Group(paths, Optional.empty()));
  }

  private Learner withGroup(Group group) {
    return new Learner(optimizer, and(groups, group), rules, constraints);
  }

  /** Does this with the gradients, after what was given before. */
  public Learner with(GradientRule rule) {
    return new Learner(optimizer, groups, and(rules, rule), constraints);
  }

  /** Holds new parameters to this. */
  public Learner holding(Constraint constraint) {
    return new Learner(optimizer, groups, rules, and(constraints, constraint));
  }

  private static <T> List<T> and(List<T> some, T another) {
    var all = new ArrayList<>(some);
    all.add(another);
    return List.copyOf(all);
  }

  /** Whether the parameter of a path changes. */
  public boolean trains(String path) {
    return optimizer(path).isPresent();
  }

  private Optional<Optimizer> optimizer(String path) {
    return groups.stream()
        .filter(group -> group.paths.test(path))
        .findFirst()
        .map(Group::optimizer)
        .orElse(Optional.of(optimizer));
  }

  /**
   * The step that these gradients ask for.
   *
   * @param gradients of the loss, by the parameters' names
   * @param pace what rates are multiplied with, a scalar: what a schedule says
   */
  public Step step(Map<Parameter, Tensor> gradients, Tensor pace) {
    Map<Parameter, Tensor> ruled = new LinkedHashMap<>();
    gradients.forEach((parameter, gradient) -> {
      if (trains(name(parameter))) {
        ruled.put(parameter, gradient);
      }
    });
    for (GradientRule rule : rules) {
      var next = rule.apply(Collections.unmodifiableMap(new LinkedHashMap<>(ruled)));
      ruled.replaceAll((parameter, _) -> next.get(parameter));
    }
    var kept = new Kept(pace);
    ruled.forEach((parameter, gradient) -> {
      Update update =
          optimizer(name(parameter)).orElseThrow().update(parameter, gradient, kept.of(parameter));
      kept.keep(parameter, update);
      Tensor value = update.value();
      for (Constraint constraint : constraints) {
        value = constraint.apply(value);
      }
      kept.updates.put(parameter, value);
    });
    return new Step(kept.updates, kept.byName);
  }

  private static String name(Parameter parameter) {
    return parameter
        .name()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "a parameter %s without a name can't be learned: Parameters.of(model) names them"
                    .formatted(parameter.shape())));
  }

  /** What is kept: for each parameter under its name and the optimizer's, and the step. */
  private static final class Kept {
    private final Tensor pace;
    private final Parameter steps = Parameter.of("/step", Array.scalar(DType.F32, 0));
    private final Tensor step = steps.value().plus(1);
    private final SequencedMap<String, Parameter> byName = new LinkedHashMap<>();
    private final Map<Parameter, Tensor> updates = new LinkedHashMap<>();

    Kept(Tensor pace) {
      this.pace = pace;
      byName.put("step", steps);
      updates.put(steps, step);
    }

    State of(Parameter parameter) {
      return new State() {
        @Override
        public Tensor like(String name, Parameter like) {
          return slot(parameter, name, like.shape(), 0).value();
        }

        @Override
        public Tensor number(String name, double first) {
          return slot(parameter, name, Shape.SCALAR, first).value();
        }

        @Override
        public Tensor step() {
          return step.cast(parameter.dtype());
        }

        @Override
        public Tensor rate(double rate) {
          return pace.cast(parameter.dtype()).times(rate);
        }
      };
    }

    private Parameter slot(Parameter parameter, String name, Shape shape, double first) {
      String full = name(parameter) + "/" + name;
      return byName.computeIfAbsent(
          full,
          _ -> {
            var numbers = new double[Math.toIntExact(shape.elements().number())];
            Arrays.fill(numbers, first);
            return Parameter.of(full, Array.wrap(numbers, shape).as(parameter.dtype(), shape));
          });
    }

    void keep(Parameter parameter, Update update) {
      update
          .kept()
          .forEach((name, next) -> {
            Parameter slot = byName.get(Learner.name(parameter) + "/" + name);
            if (slot == null) {
              throw new IllegalArgumentException(
                  "the optimizer keeps \"%s\" of %s and never asks for it"
                      .formatted(name, parameter));
            }
            updates.put(slot, next);
          });
    }
  }
}
