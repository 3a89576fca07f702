package dev.cajal.optim;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  private record Group(Predicate<String> paths, Optional<Optimizer> optimizer) {
    @Override
    public String toString() {
      return optimizer.map(its -> "for some " + its).orElse("some frozen");
    }
  }

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
    return new Learner(Settings.checked(optimizer), List.of(), List.of(), List.of());
  }

  /** Parameters of these paths have an optimizer of their own; the first group that fits counts. */
  public Learner group(Predicate<String> paths, Optimizer other) {
    return withGroup(new Group(paths, Optional.of(Settings.checked(other))));
  }

  /** Parameters of these paths stay what they are. */
  public Learner freeze(Predicate<String> paths) {
    return withGroup(new Group(paths, Optional.empty()));
  }

  /** The same with one optimizer for all that is learned, in the place of those it has. */
  public Learner by(Optimizer another) {
    Optimizer checked = Settings.checked(another);
    List<Group> others =
        groups.stream()
            .map(group -> new Group(group.paths, group.optimizer.map(_ -> checked)))
            .toList();
    return new Learner(checked, others, rules, constraints);
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
    requireDifferentNames(gradients.keySet());
    Map<Parameter, Tensor> ruled = new LinkedHashMap<>();
    gradients.forEach((parameter, gradient) -> {
      if (trains(Kept.name(parameter))) {
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
          optimizer(Kept.name(parameter))
              .orElseThrow()
              .update(parameter, gradient, kept.of(parameter));
      kept.keep(parameter, update);
      Tensor value = update.value();
      for (Constraint constraint : constraints) {
        value = constraint.apply(value);
      }
      kept.updates().put(parameter, value);
    });
    return new Step(kept.updates(), kept.byName());
  }

  /** What is kept is kept by names: of one name, two parameters would share it. */
  private static void requireDifferentNames(Set<Parameter> parameters) {
    var names = new HashSet<String>();
    for (Parameter parameter : parameters) {
      if (!names.add(Kept.name(parameter))) {
        throw new IllegalArgumentException(
            "learner: two parameters have the name %s: Parameters.of(model) gives each its own"
                .formatted(Kept.name(parameter)));
      }
    }
  }

  @Override
  public String toString() {
    return Stream.of(List.of(optimizer), groups, rules, constraints)
        .flatMap(List::stream)
        .map(Object::toString)
        .collect(Collectors.joining("; "));
  }
}
