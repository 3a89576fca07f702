package dev.cajal.nn;

import dev.cajal.tensor.Parameter.Initial;
import dev.cajal.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The functions that units answer with, as values; each knows which first weights suit it. */
public enum Activation implements Layer {
  /** {@code x}. */
  IDENTITY,
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID,
  TANH,
  /** {@code x} kept within [-1, 1]. */
  HARD_TANH,
  /** {@code max(x, 0)}. */
  RELU,
  /** {@code x} where positive, else {@code x/100}. */
  LEAKY_RELU,
  /** {@code x} where positive, else {@code exp(x) - 1}. */
  ELU,
  /** {@code λ·elu(x)} with α, such that mean 0 and variance 1 are kept (Klambauer et al., 2017). */
  SELU,
  /** {@code log(1 + exp(x))}. */
  SOFTPLUS,
  /** {@code x·Φ(x)}. */
  GELU,
  /**
   * {@code ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))}: what many networks have instead of {@link
   * #GELU}.
   */
  GELU_TANH,
  /** {@code x·sigmoid(x)}. */
  SILU,
  /** {@code |x|}. */
  ABS,
  /** 1 where {@code x ≥ 0}, else 0; it has no gradient to learn from. */
  STEP,
  /** {@code exp(xᵢ) / Σⱼ exp(xⱼ)} along the last axis. */
  SOFTMAX,
  /** Its logarithm. */
  LOG_SOFTMAX;

  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final double SELU_LAMBDA = 1.0507009873554805;

  @Override
  public Tensor apply(Tensor x) {
    return switch (this) {
      case IDENTITY -> x;
      case SIGMOID -> x.sigmoid();
      case TANH -> x.tanh();
      case HARD_TANH -> x.hardTanh();
      case RELU -> x.relu();
      case LEAKY_RELU -> x.leakyRelu(0.01);
      case ELU -> x.elu(1);
      case SELU -> x.elu(SELU_ALPHA).times(SELU_LAMBDA);
      case SOFTPLUS -> x.softplus();
      case GELU -> x.gelu();
      case GELU_TANH -> x.geluTanh();
      case SILU -> x.silu();
      case ABS -> x.abs();
      case STEP -> x.step();
      case SOFTMAX -> x.softmax(-1);
      case LOG_SOFTMAX -> x.logSoftmax(-1);
    };
  }

  /** First weights for a layer that this follows. */
  public Initial init() {
    return switch (this) {
      case RELU, LEAKY_RELU, ELU, SOFTPLUS, GELU, GELU_TANH, SILU -> Init.he();
      case SELU -> Init.lecun();
      case IDENTITY, SIGMOID, TANH, HARD_TANH, ABS, STEP, SOFTMAX, LOG_SOFTMAX -> Init.glorot();
    };
  }

  /** The one of a name, in any case, with or without dashes: "relu", "leaky-relu", "GELU_TANH". */
  public static Activation of(String name) {
    String wanted = plain(name);
    return Arrays.stream(values())
        .filter(activation -> plain(activation.name()).equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no activation is called \"%s\"; there are %s".formatted(name, names())));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  private static String names() {
    return Arrays.stream(values()).map(Activation::toString).collect(Collectors.joining(", "));
  }

  /** Its name as it is written in files and options: "leaky-relu". */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
