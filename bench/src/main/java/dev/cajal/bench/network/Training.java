package dev.cajal.bench.network;

import dev.cajal.engine.Program;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.Map;

/** A step of training: inputs x and y, the loss, and what the parameters become. */
public record Training(Tensor x, Tensor y, Tensor loss, Map<Parameter, Tensor> updates) {

  /** What runs a step: given x and y it computes the loss, and sets the parameters. */
  public Program program() {
    return Program.of(loss).updating(updates).training(true);
  }

  /** Of a network on rows, which are to be near y by the mean of squares. */
  public static Training ofSquares(Network network, Optimizer optimizer, int inputs, int outputs) {
    Tensor x = Tensor.input("x", "batch", inputs);
    Tensor y = Tensor.input("y", "batch", outputs);
    Tensor loss = network.apply(x).sigmoid().minus(y).square().mean().named("loss");
    return new Training(x, y, loss, optimizer.updates(loss, network.parameters()));
  }

  /**
   * Of a network that gives logits for the classes of samples: {@code x [batch, sample…], y
   * [batch]}.
   */
  public static Training ofClasses(
      Network network, Optimizer optimizer, int classes, Object... sample) {
    Tensor x = Tensor.input("x", withBatch(sample));
    Tensor y = Tensor.input("y", DType.I32, "batch");
    Tensor loss = crossEntropy(network.apply(x), y, classes).named("loss");
    return new Training(x, y, loss, optimizer.updates(loss, network.parameters()));
  }

  private static Object[] withBatch(Object... sample) {
    var sizes = new Object[sample.length + 1];
    sizes[0] = "batch";
    System.arraycopy(sample, 0, sizes, 1, sample.length);
    return sizes;
  }

  /** Of a network that gives logits for tokens: x and y {@code [batch, time]}. */
  public static Training ofTokens(Network network, Optimizer optimizer, int tokens, int time) {
    Tensor x = Tensor.input("x", DType.I32, "batch", time);
    Tensor y = Tensor.input("y", DType.I32, "batch", time);
    Tensor loss = crossEntropy(network.apply(x), y, tokens).named("loss");
    return new Training(x, y, loss, optimizer.updates(loss, network.parameters()));
  }

  /** {@code -log(probability of the right one)}, the mean: logits {@code [rows…, classes]}. */
  private static Tensor crossEntropy(Tensor logits, Tensor labels, int classes) {
    return logits.logSoftmax(-1).times(labels.oneHot(classes)).sum(-1).mean().negated();
  }
}
