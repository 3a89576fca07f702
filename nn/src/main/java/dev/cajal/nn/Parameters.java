package dev.cajal.nn;

import static java.util.stream.Collectors.joining;

import dev.cajal.tensor.Parameter;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The parameters of a model, by their paths in it: {@code blocks.3.attention.query.weight}. Finding
 * them names them.
 *
 * <pre>{@code
 * Parameters parameters = Parameters.of(model).initialise(7);
 * parameters.count();                          // how many numbers the model learns
 * parameters.get("output.bias").array();
 * }</pre>
 *
 * <p>A parameter that is in two places, as shared weights are, has the first path.
 */
public final class Parameters {
  private final SequencedMap<String, Parameter> byPath = new LinkedHashMap<>();
  private final Map<Parameter, String> paths = new HashMap<>();

  private Parameters() {}

  /** Those of a model, which are named; what is random in it begins anew, see {@link Dice}. */
  public static Parameters of(Layer model) {
    var parameters = new Parameters();
    Parts.of(model)
        .forEach((path, part) -> {
          switch (part) {
            case Parameter parameter -> parameters.add(path, parameter);
            case Dice dice -> dice.begin(path);
            default -> {}
          }
        });
    parameters.byPath.forEach((path, parameter) -> parameter.rename(path));
    return parameters;
  }

  private void add(String path, Parameter parameter) {
    if (paths.putIfAbsent(parameter, path) == null) {
      byPath.put(path, parameter);
    }
  }

  /** By their paths, in the order of the records' components. */
  public SequencedMap<String, Parameter> byPath() {
    return Collections.unmodifiableSequencedMap(byPath);
  }

  public List<Parameter> all() {
    return List.copyOf(byPath.values());
  }

  /** The one of a path. */
  public Parameter get(String path) {
    Parameter parameter = byPath.get(path);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "the model has no parameter \"%s\"; it has %s".formatted(path, names()));
    }
    return parameter;
  }

  private String names() {
    int many = 20;
    String some = byPath.keySet().stream().limit(many).collect(joining(", "));
    int more = byPath.size() - many;
    return byPath.isEmpty() ? "none" : more > 0 ? some + " and " + more + " more" : some;
  }

  /** The path of a parameter, if it is one of the model's. */
  public Optional<String> path(Parameter parameter) {
    return Optional.ofNullable(paths.get(parameter));
  }

  /** How many numbers they hold. */
  public long count() {
    return byPath.values().stream()
        .mapToLong(parameter -> parameter.shape().elements().number())
        .sum();
  }

  /** Gives all of them first numbers, which depend on the seed and their paths alone. */
  public Parameters initialise(long seed) {
    byPath.values().forEach(parameter -> parameter.initialise(seed));
    return this;
  }
}
