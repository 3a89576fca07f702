package dev.cajal.search;

import dev.cajal.json.Choice;
import dev.cajal.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * All settings that a search may try.
 *
 * <pre>{@code
 * Space space = Space.of(
 *     Dimension.logUniform("rate", 1e-4, 1e-1),
 *     Dimension.integer("depth", 1, 2),
 *     Dimension.logInteger("width1", 8, 256),
 *     Dimension.logInteger("width2", 8, 256).onlyIfAtLeast("depth", 2),
 *     Dimension.choice("activation", Activation.RELU, Activation.TANH));
 * }</pre>
 */
public record Space(List<Dimension> dimensions) {

  public Space {
    dimensions = List.copyOf(dimensions);
    if (dimensions.isEmpty()) {
      throw new IllegalArgumentException("a space has at least one dimension");
    }
    Map<String, Dimension> known = new LinkedHashMap<>();
    for (Dimension dimension : dimensions) {
      dimension
          .condition()
          .filter(condition -> !known.containsKey(condition.name()))
          .ifPresent(condition -> {
            throw new IllegalArgumentException(
                "%s: only if %s: %s"
                    .formatted(
                        dimension.name(),
                        condition,
                        new Choice<>("dimension", known).unknown(condition.name())));
          });
      if (known.put(dimension.name(), dimension) != null) {
        throw new IllegalArgumentException(
            "two dimensions are called \"%s\"".formatted(dimension.name()));
      }
    }
  }

  /**
   * Refuses conditions that never hold. In a part of a space some may: what they ask is not drawn.
   */
  private Space fitting() {
    Map<String, Dimension> known = new LinkedHashMap<>();
    for (Dimension dimension : dimensions) {
      dimension
          .condition()
          .flatMap(condition -> Optional.ofNullable(known.get(condition.name())))
          .ifPresent(other -> requireFits(dimension, dimension.condition().orElseThrow(), other));
      known.put(dimension.name(), dimension);
    }
    return this;
  }

  private static void requireFits(Dimension dimension, Condition condition, Dimension other) {
    try {
      condition.requireFits(other.range());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: only if %s: %s".formatted(dimension.name(), condition, e.getMessage()), e);
    }
  }

  public static Space of(Dimension... dimensions) {
    return new Space(List.of(dimensions)).fitting();
  }

  /** This space with one more dimension, or another in the place of the one of that name. */
  public Space with(Dimension another) {
    SequencedMap<String, Dimension> all = new LinkedHashMap<>();
    dimensions.forEach(dimension -> all.put(dimension.name(), dimension));
    another
        .condition()
        .flatMap(condition -> Optional.ofNullable(all.get(condition.name())))
        .ifPresent(other -> requireFits(another, another.condition().orElseThrow(), other));
    all.put(another.name(), another);
    return new Space(List.copyOf(all.values()));
  }

  /**
   * The setting of a trial. It depends on the seed, the trial's number and the names of dimensions:
   * not on other trials, and no value on other dimensions.
   */
  public Setting draw(long seed, int trial) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    for (Dimension dimension : dimensions) {
      if (isDrawn(dimension, values)) {
        double part = RandomStream.of(seed, "search " + dimension.name()).uniform(trial);
        values.put(dimension.name(), dimension.range().at(part));
      }
    }
    return new Setting(values);
  }

  private static boolean isDrawn(Dimension dimension, Map<String, String> values) {
    if (dimension.condition().isEmpty()) {
      return true;
    }
    Condition condition = dimension.condition().get();
    String value = values.get(condition.name());
    return value != null && condition.holds(value);
  }

  /** What is around some settings of it, and a margin: a part of the whole. */
  Space around(List<Setting> settings, double margin) {
    return new Space(
        dimensions.stream()
            .map(dimension -> {
              List<String> values =
                  settings.stream()
                      .filter(setting -> setting.has(dimension.name()))
                      .map(setting -> setting.text(dimension.name()))
                      .toList();
              Range range = dimension.range();
              return dimension.with(values.isEmpty() ? range : range.around(values, margin));
            })
            .toList());
  }
}
