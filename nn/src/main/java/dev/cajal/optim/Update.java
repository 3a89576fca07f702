package dev.cajal.optim;

import dev.cajal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a parameter becomes in a step, and what is kept for the next one.
 *
 * @param kept by the names that {@link State} was asked for
 */
public record Update(Tensor value, Map<String, Tensor> kept) {

  /** The parameter becomes this. */
  public static Update to(Tensor value) {
    return new Update(value, Map.of());
  }

  /** And this is what the next step finds under a name. */
  public Update keeping(String name, Tensor next) {
    var all = new LinkedHashMap<>(kept);
    all.put(name, next);
    return new Update(value, all);
  }
}
