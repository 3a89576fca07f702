package dev.cajal.testing;

import dev.cajal.tensor.DType;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** What networks are made of: the patterns that a compiler makes one kernel of. */
final class RandomGraphLayers {
  private RandomGraphLayers() {}

  static List<Function<RandomGraphSketch, Tensor>> all() {
    return List.of(
        s -> softmax(s, s.floats(1, 4)),
        s -> softmax(s, s.floats(1, 4)),
        s -> normalised(s, s.floats(1, 4)),
        s -> normalised(s, s.floats(1, 4)),
        s -> activation(s, s.floats()),
        RandomGraphLayers::crossEntropy,
        s -> s.floats().dropout(0.4, s.choices.between(5, 7)),
        RandomGraphLayers::gated,
        RandomGraphLayers::again,
        RandomGraphLayers::again,
        RandomGraphLayers::assigned,
        s -> s.floats(1, 3).minus(s.floats(1, 3)).square().mean(),
        s -> Tensor.where(Tensor.training(), s.floats(), Tensor.scalar(0.5)));
  }

  private static Tensor softmax(RandomGraphSketch s, Tensor x) {
    int axis = s.choices.oneIn(2) ? x.rank() - 1 : s.axis(x);
    return switch (s.choices.between(0, 3)) {
      case 0 -> x.softmax(axis);
      case 1 -> x.logSoftmax(axis);
      case 2 -> x.softmax(axis, 0.7);
      default -> RandomGraphMaps.chain(s, x, 2).softmax(axis);
    };
  }

  private static Tensor normalised(RandomGraphSketch s, Tensor x) {
    int axis = s.choices.oneIn(2) ? x.rank() - 1 : s.axis(x);
    return switch (s.choices.between(0, 3)) {
      case 0 -> x.layerNorm(0.1, axis);
      case 1 -> {
        Tensor normal = x.layerNorm(0.1, x.rank() - 1);
        yield normal.times(s.weight(x.size(-1))).plus(s.weight(x.size(-1)));
      }
      // Over the batch.
      case 2 -> x.layerNorm(0.1, 0);
      default -> x.over(x.square().meanKeeping(axis).plus(0.1).sqrt());
    };
  }

  private static Tensor activation(RandomGraphSketch s, Tensor x) {
    return switch (s.choices.between(0, 8)) {
      case 0 -> x.gelu();
      case 1 -> x.geluTanh();
      case 2 -> x.silu();
      case 3 -> x.elu(0.7);
      case 4 -> x.leakyRelu(0.1);
      case 5 -> x.softplus();
      case 6 -> x.hardTanh();
      case 7 -> x.step();
      default -> x.maxout(2);
    };
  }

  private static Tensor crossEntropy(RandomGraphSketch s) {
    Tensor x = s.floats(2, 2);
    if (!x.size(1).isNumber()) {
      throw new IllegalArgumentException("classes are counted");
    }
    Tensor labels = s.index(x.shape().part(0, 1), x.size(1));
    Tensor hot = labels.oneHot((int) x.size(1).number());
    Tensor losses = x.logSoftmax(-1).times(hot).sum(-1).negated();
    return s.choices.oneIn(2) ? losses.mean() : losses;
  }

  private static Tensor gated(RandomGraphSketch s) {
    Tensor x = s.floats(1, 3);
    Tensor y = s.like(x.shape());
    Tensor gate = y.sigmoid();
    return x.times(gate).plus(y.tanh().times(gate.negated().plus(1)));
  }

  /** The same once more: a node that computes what another does. */
  private static Tensor again(RandomGraphSketch s) {
    Tensor x =
        s.any(node -> !node.inputs().isEmpty() && !isLoop(node.inputs().getFirst()))
            .orElseGet(s::floats);
    // A parameter is always the same node.
    Tensor twin = x.op() instanceof Op.Param ? x : Tensor.of(x.op(), x.inputs());
    boolean isNumber = x.dtype().isFloat();
    return s.choices.oneIn(2) || !isNumber ? twin : x.minimum(3).times(twin.plus(1));
  }

  private static boolean isLoop(Tensor node) {
    return node.op() instanceof Op.Scan;
  }

  /** A running mean: the parameter is read, and set at the end. */
  private static Tensor assigned(RandomGraphSketch s) {
    Tensor leaf =
        s.any(x -> x.op() instanceof Op.Param && x.dtype() == DType.F32)
            .orElseGet(() -> s.weight(s.knownSize()));
    Parameter parameter = ((Op.Param) leaf.op()).parameter();
    Tensor value = leaf.times(0.9).plus(s.like(leaf.shape()).stopGradient().times(0.1));
    Tensor x = s.floats();
    if (!s.assign(parameter, value)) {
      throw new IllegalArgumentException("assigned to before");
    }
    return x.assigning(parameter, value);
  }
}
