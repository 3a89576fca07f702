import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;

/** The networks of the workloads, of DJL's blocks. */
final class DjlNetworks {

  private DjlNetworks() {}

  static Block xor() {
    return new SequentialBlock()
        .add(dense(8))
        .add(Activation.tanhBlock())
        .add(dense(1))
        .add(Activation.sigmoidBlock());
  }

  static Block mlp(int... units) {
    var network = new SequentialBlock().add(dense(units[0]));
    for (int i = 1; i < units.length; i++) {
      network.add(Activation.reluBlock()).add(dense(units[i]));
    }
    return network;
  }

  static Block convolutional() {
    return new SequentialBlock()
        .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(32).build())
        .add(Activation.reluBlock())
        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(64).build())
        .add(Activation.reluBlock())
        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(Blocks.batchFlattenBlock())
        .add(mlp(128, 10));
  }

  static Block lstm() {
    return new SequentialBlock()
        .add(new TokenEmbedding(65, 64))
        .add(LSTM.builder().setStateSize(256).setNumLayers(1).optBatchFirst(true).build())
        .add(dense(65))
        .add(new LambdaBlock(logits -> new NDList(logits.singletonOrThrow().reshape(-1, 65))));
  }

  private static Block dense(int units) {
    return Linear.builder().setUnits(units).build();
  }
}
