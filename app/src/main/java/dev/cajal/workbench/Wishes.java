package dev.cajal.workbench;

import dev.cajal.nn.Activation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What somebody asked of the network and its training; what they did not ask is chosen by the data.
 *
 * @param hidden the sizes of hidden layers
 * @param convolutions whether pictures go through convolutions before dense layers
 * @param optimizer by its name
 * @param rate of the optimizer
 * @param decay how strongly weights are drawn to 0 (L2)
 */
public record Wishes(
    Optional<List<Integer>> hidden,
    Optional<Activation> activation,
    OptionalDouble dropout,
    Optional<Boolean> convolutions,
    Optional<String> optimizer,
    OptionalDouble rate,
    OptionalDouble decay,
    OptionalInt batch,
    OptionalInt epochs,
    OptionalInt patience) {

  /** Nothing was asked. */
  public static Wishes none() {
    return new Wishes(
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}
