import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The networks of the workloads, of Deeplearning4j's layers. */
final class Deeplearning4jNetworks {
  private final NeuralNetConfiguration.ListBuilder layers;

  Deeplearning4jNetworks(IUpdater updater) {
    layers =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(updater)
            .weightInit(WeightInit.XAVIER)
            .list();
  }

  MultiLayerNetwork xor() {
    layers.layer(new DenseLayer.Builder().nIn(2).nOut(8).activation(Activation.TANH).build());
    layers.layer(
        new OutputLayer.Builder(LossFunction.MSE)
            .nIn(8)
            .nOut(1)
            .activation(Activation.SIGMOID)
            .build());
    return initialised(layers.build());
  }

  MultiLayerNetwork mlp(int... sizes) {
    for (int i = 1; i < sizes.length - 1; i++) {
      layers.layer(
          new DenseLayer.Builder()
              .nIn(sizes[i - 1])
              .nOut(sizes[i])
              .activation(Activation.RELU)
              .build());
    }
    layers.layer(classes().nIn(sizes[sizes.length - 2]).nOut(sizes[sizes.length - 1]).build());
    return initialised(layers.build());
  }

  MultiLayerNetwork convolutional() {
    layers
        .layer(new ConvolutionLayer.Builder(3, 3).nOut(32).activation(Activation.RELU).build())
        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
        .layer(new ConvolutionLayer.Builder(3, 3).nOut(64).activation(Activation.RELU).build())
        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
        .layer(new DenseLayer.Builder().nOut(128).activation(Activation.RELU).build())
        .layer(classes().nOut(10).build())
        .setInputType(InputType.convolutional(28, 28, 1));
    return initialised(layers.build());
  }

  MultiLayerNetwork lstm() {
    layers
        .layer(
            new EmbeddingSequenceLayer.Builder()
                .nIn(65)
                .nOut(64)
                .inputLength(64)
                .outputDataFormat(RNNFormat.NCW)
                .build())
        .layer(
            new LSTM.Builder()
                .dataFormat(RNNFormat.NCW)
                .nIn(64)
                .nOut(256)
                .activation(Activation.TANH)
                .build())
        .layer(
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .dataFormat(RNNFormat.NCW)
                .nIn(256)
                .nOut(65)
                .activation(Activation.SOFTMAX)
                .build());
    return initialised(layers.build());
  }

  private static OutputLayer.Builder classes() {
    return new OutputLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX);
  }

  private static MultiLayerNetwork initialised(MultiLayerConfiguration configuration) {
    var network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }
}
