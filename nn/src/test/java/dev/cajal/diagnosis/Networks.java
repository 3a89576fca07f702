package dev.cajal.diagnosis;

import dev.cajal.nn.Activation;
import dev.cajal.nn.BatchNorm;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Dropout;
import dev.cajal.nn.Embedding;
import dev.cajal.nn.Init;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Parameter.Initial;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Optional;

/** The networks that are examined. */
final class Networks {
  private Networks() {}

  /**
   * Dense layers with what is usual between them.
   *
   * @param weights what first weights are multiplied with
   * @param bias what biases begin with
   */
  record Recipe(
      Activation activation,
      int depth,
      int width,
      boolean hasBatchNorm,
      double dropout,
      double weights,
      double bias) {

    static Recipe of(Activation activation, int depth, int width) {
      return new Recipe(activation, depth, width, false, 0, 1, 0);
    }

    Recipe withBatchNorm() {
      return new Recipe(activation, depth, width, true, dropout, weights, bias);
    }

    Recipe withDropout(double rate) {
      return new Recipe(activation, depth, width, hasBatchNorm, rate, weights, bias);
    }

    Recipe withWeights(double times) {
      return new Recipe(activation, depth, width, hasBatchNorm, dropout, times, bias);
    }

    Recipe withBias(double number) {
      return new Recipe(activation, depth, width, hasBatchNorm, dropout, weights, number);
    }

    Layer network(int inputs, int outputs) {
      var layers = new ArrayList<Layer>();
      int from = inputs;
      for (int i = 0; i < depth; i++) {
        layers.add(dense(from, width, activation.init(), bias));
        if (hasBatchNorm) {
          layers.add(new BatchNorm(width));
        }
        layers.add(activation);
        if (dropout > 0) {
          layers.add(new Dropout(dropout));
        }
        from = width;
      }
      layers.add(dense(from, outputs, Init.glorot(), 0));
      return new Sequential(layers);
    }

    private Layer dense(int from, int to, Initial init, double itsBias) {
      return new Dense(
          Parameter.of(scaled(init, weights), to, from),
          Optional.of(Parameter.of(Init.constant(itsBias), to)),
          Activation.IDENTITY);
    }
  }

  private static Initial scaled(Initial init, double times) {
    return (shape, random) -> {
      Array numbers = init.of(shape, random);
      float[] all = numbers.toFloats();
      for (int i = 0; i < all.length; i++) {
        all[i] *= (float) times;
      }
      return Array.wrap(all, shape);
    };
  }

  /** Tokens to vectors, and a loop over them. */
  record Reader(Embedding words, Dense in, Dense state, Dense output) implements Layer {
    Reader(int tokens, int width, int outputs) {
      this(
          new Embedding(tokens, width),
          new Dense(width, width),
          new Dense(width, width).withoutBias(),
          new Dense(width, outputs));
    }

    @Override
    public Tensor apply(Tensor x) {
      Tensor steps = in.apply(words.apply(x)).transpose(1, 0, 2);
      Tensor start = steps.at(0, 0).times(0);
      Tensor states = Recurrence.over(steps).states(start, (h, s) -> state.apply(h).plus(s).tanh());
      return output.apply(states.mean(0));
    }
  }

  /** Tokens to vectors, and their mean. */
  record Bag(Embedding words, Dense hidden, Dense output) implements Layer {
    Bag(int tokens, int width, int outputs) {
      this(
          new Embedding(tokens, width),
          new Dense(width, width, Activation.RELU),
          new Dense(width, outputs));
    }

    @Override
    public Tensor apply(Tensor x) {
      return output.apply(hidden.apply(words.apply(x).mean(1)));
    }
  }
}
