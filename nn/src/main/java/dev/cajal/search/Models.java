package dev.cajal.search;

import dev.cajal.nn.Parameters;
import dev.cajal.tensor.Parameter;
import dev.cajal.train.Trainer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sees to it that each part of a search trains a model of its own, which knows nothing yet. */
final class Models {
  private final Map<Parameter, String> owners = new HashMap<>();

  /**
   * A trainer for something, such as a fold.
   *
   * @throws IllegalArgumentException if its model is that of something else
   */
  Trainer requireNew(@Nullable Trainer trainer, String whose) {
    if (trainer == null) {
      throw new IllegalArgumentException("no trainer is given for %s".formatted(whose));
    }
    for (Parameter parameter : Parameters.of(trainer.model()).all()) {
      String other = owners.putIfAbsent(parameter, whose);
      if (other != null && !other.equals(whose)) {
        throw new IllegalArgumentException(
            "%s has the model of %s, which has learned already: make a new model each time"
                .formatted(whose, other));
      }
    }
    return trainer;
  }
}
