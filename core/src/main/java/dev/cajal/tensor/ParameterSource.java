package dev.cajal.tensor;

import dev.cajal.json.Choice;
import java.util.Map;

/** Where the parameters of an expression come from that is read from a file without numbers. */
@FunctionalInterface
public interface ParameterSource {

  /**
   * The parameter that an expression calls by a name.
   *
   * @throws IllegalArgumentException if there is none: the reader adds the place in the file
   */
  Parameter parameter(String name, Shape shape, DType dtype);

  /** Parameters that are known by their names already. */
  static ParameterSource of(Map<String, Parameter> parameters) {
    var choice = new Choice<>("parameter", parameters);
    return (name, _, _) -> {
      Parameter parameter = parameters.get(name);
      if (parameter == null) {
        throw new IllegalArgumentException(choice.unknown(name));
      }
      return parameter;
    };
  }
}
