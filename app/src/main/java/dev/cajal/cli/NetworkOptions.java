package dev.cajal.cli;

import dev.cajal.nn.Activation;
import dev.cajal.workbench.Wishes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The network and how it learns; whatever is not said follows from the data. */
final class NetworkOptions {

  @Option(
      names = "--hidden",
      paramLabel = "SIZES",
      split = ",",
      description = "The sizes of hidden layers, with commas between: 64,64.")
  @Nullable List<Integer> hidden;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "Their activation: relu, tanh, sigmoid, gelu, silu, …")
  @Nullable Activation activation;

  @Option(
      names = "--dropout",
      paramLabel = "PART",
      description = "How many of their outputs are left out in training, from 0 to below 1.")
  @Nullable Double dropout;

  @Option(
      names = "--conv",
      negatable = true,
      description =
          "Convolutions before dense layers, for pictures. Default: yes, but for the built-in"
              + " digits.")
  @Nullable Boolean conv;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description =
          "sgd, momentum, nesterov, adagrad, adadelta, rmsprop, adam, adamax, nadam, adamw,"
              + " amsgrad or lion.")
  @Nullable Optimizer optimizer;

  @Option(names = "--lr", paramLabel = "RATE", description = "The learning rate, such as 1e-3.")
  @Nullable Double rate;

  @Option(
      names = "--l2",
      paramLabel = "DECAY",
      description = "How strongly weights are drawn to 0.")
  @Nullable Double decay;

  @Option(
      names = "--batch",
      paramLabel = "ROWS",
      description = "How many rows are learned from at a time.")
  @Nullable Integer batch;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often all rows are learned from, at most.")
  @Nullable Integer epochs;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop when no epoch of so many was better than the best before them.")
  @Nullable Integer patience;

  /** The names that {@code --optimizer} takes. */
  enum Optimizer {
    SGD,
    MOMENTUM,
    NESTEROV,
    ADAGRAD,
    ADADELTA,
    RMSPROP,
    ADAM,
    ADAMAX,
    NADAM,
    ADAMW,
    AMSGRAD,
    LION
  }

  /** Refuses what makes no sense for any data. */
  void require(CommandLine command) {
    for (Integer size : hidden == null ? List.<Integer>of() : hidden) {
      Mistakes.require(command, "--hidden", size, its -> its > 0, "sizes above 0");
    }
    Mistakes.require(
        command, "--dropout", dropout, its -> its >= 0 && its < 1, "a part from 0 to below 1");
    Mistakes.require(
        command, "--lr", rate, its -> its > 0 && Double.isFinite(its), "a number above 0");
    Mistakes.require(
        command, "--l2", decay, its -> its >= 0 && Double.isFinite(its), "a number from 0 on");
    Mistakes.require(command, "--batch", batch, its -> its > 0, "1 row or more");
    Mistakes.require(command, "--epochs", epochs, its -> its > 0, "1 or more");
    Mistakes.require(command, "--patience", patience, its -> its > 0, "1 or more");
  }

  Wishes wishes() {
    return new Wishes(
        Optional.ofNullable(hidden),
        Optional.ofNullable(activation),
        number(dropout),
        Optional.ofNullable(conv),
        Optional.ofNullable(optimizer).map(its -> its.name().toLowerCase(Locale.ROOT)),
        number(rate),
        number(decay),
        number(batch),
        number(epochs),
        number(patience));
  }

  private static OptionalDouble number(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static OptionalInt number(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
