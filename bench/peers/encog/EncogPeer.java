import dev.cajal.bench.meter.Meter;
import java.util.Random;
import org.encog.engine.network.activation.ActivationFunction;
import org.encog.engine.network.activation.ActivationReLU;
import org.encog.engine.network.activation.ActivationSigmoid;
import org.encog.engine.network.activation.ActivationSoftMax;
import org.encog.engine.network.activation.ActivationTANH;
import org.encog.ml.data.basic.BasicMLDataSet;
import org.encog.neural.networks.BasicNetwork;
import org.encog.neural.networks.layers.BasicLayer;
import org.encog.neural.networks.training.propagation.back.Backpropagation;

/**
 * Encog: back-propagation of the squared error in double precision; one iteration is one full
 * batch.
 */
public final class EncogPeer {

  private EncogPeer() {}

  public static void main(String[] args) throws Exception {
    Meter.peer("Encog 3.4");
    switch (args[0]) {
      case "W1" -> xor(Integer.parseInt(args[1]));
      case "W7" -> {
        BasicNetwork network =
            network(
                new int[] {784, 256, 128, 10},
                new ActivationReLU(),
                new ActivationReLU(),
                new ActivationSoftMax());
        double[] row = new Random(1).doubles(784, -1.7, 1.7).toArray();
        var output = new double[10];
        Meter.latency(() -> network.compute(row, output));
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
    Meter.memory();
    System.exit(0); // its pool of threads lives on
  }

  private static void xor(int threads) throws Exception {
    BasicNetwork network =
        network(new int[] {2, 8, 1}, new ActivationTANH(), new ActivationSigmoid());
    double[][] x = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    double[][] y = {{0}, {1}, {1}, {0}};
    var training = new Backpropagation(network, new BasicMLDataSet(x, y), 0.5, 0);
    training.setThreadCount(threads);
    Meter.rate("steps", 1, training::iteration);
  }

  private static BasicNetwork network(int[] sizes, ActivationFunction... activations) {
    var network = new BasicNetwork();
    network.addLayer(new BasicLayer(null, true, sizes[0]));
    for (int i = 1; i < sizes.length; i++) {
      network.addLayer(new BasicLayer(activations[i - 1], i < sizes.length - 1, sizes[i]));
    }
    network.getStructure().finalizeStructure();
    network.reset();
    return network;
  }
}
