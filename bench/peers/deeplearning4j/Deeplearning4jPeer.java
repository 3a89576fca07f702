import dev.cajal.bench.meter.Meter;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** Deeplearning4j on the CPU. */
public final class Deeplearning4jPeer {
  private static final double RATE = 1e-6; // weights stay, however often the same batches come
  private static final Random RANDOM = new Random(1);

  private Deeplearning4jPeer() {}

  public static void main(String[] args) throws Exception {
    Meter.peer("DL4J 1.0.0-M2.1");
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    switch (args[0]) {
      case "W1" -> xor();
      case "W2" -> classify(networks(RATE).mlp(784, 256, 128, 10), 64, 784);
      case "W3" -> classify(networks(RATE).mlp(784, 2048, 2048, 10), 256, 784);
      case "W4" -> classify(networks(RATE).convolutional(), 64, 1, 28, 28);
      case "W5" -> predictTokens();
      case "W7" -> {
        MultiLayerNetwork network = networks(RATE).mlp(784, 256, 128, 10);
        INDArray row = Nd4j.randn(DataType.FLOAT, 1, 784);
        Meter.latency(() -> network.output(row).toFloatVector());
      }
      case "W8" -> epoch();
      case "W9" -> multiply();
      default -> throw new IllegalArgumentException(args[0]);
    }
    Meter.memory();
    System.exit(0); // its threads live on
  }

  private static Deeplearning4jNetworks networks(double rate) {
    return new Deeplearning4jNetworks(new Adam(rate));
  }

  private static void xor() throws Exception {
    MultiLayerNetwork network = new Deeplearning4jNetworks(new Sgd(0.5)).xor();
    INDArray x = Nd4j.create(new float[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    INDArray y = Nd4j.create(new float[][] {{0}, {1}, {1}, {0}});
    Meter.rate("steps", 1, () -> network.fit(x, y));
  }

  private static void classify(MultiLayerNetwork network, int batch, long... sample)
      throws Exception {
    var xs = new INDArray[16];
    var ys = new INDArray[16];
    var shape = new long[sample.length + 1];
    shape[0] = batch;
    System.arraycopy(sample, 0, shape, 1, sample.length);
    for (int i = 0; i < xs.length; i++) {
      xs[i] = Nd4j.randn(DataType.FLOAT, shape);
      ys[i] = oneHot(batch);
    }
    Meter.rate("samples", batch, step(network, xs, ys));
  }

  private static void predictTokens() throws Exception {
    var xs = new INDArray[8];
    var ys = new INDArray[8];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = Nd4j.zeros(DataType.FLOAT, 32, 64);
      ys[i] = Nd4j.zeros(DataType.FLOAT, 32, 65, 64);
      for (int row = 0; row < 32; row++) {
        for (int time = 0; time < 64; time++) {
          xs[i].putScalar(row, time, RANDOM.nextInt(65));
          ys[i].putScalar(row, RANDOM.nextInt(65), time, 1);
        }
      }
    }
    Meter.rate("tokens", 32 * 64, step(networks(RATE).lstm(), xs, ys));
  }

  private static void epoch() {
    INDArray xs = Nd4j.randn(DataType.FLOAT, 6000, 784);
    INDArray ys = oneHot(6000);
    MultiLayerNetwork network = networks(1e-3).mlp(784, 256, 128, 10);
    for (int from = 0; from < 6000; from += 64) {
      INDArrayIndex rows = NDArrayIndex.interval(from, Math.min(6000, from + 64));
      network.fit(xs.get(rows, NDArrayIndex.all()), ys.get(rows, NDArrayIndex.all()));
    }
  }

  private static void multiply() throws Exception {
    for (int n : new int[] {1024, 2048}) {
      INDArray x = Nd4j.randn(DataType.FLOAT, n, n);
      INDArray y = Nd4j.randn(DataType.FLOAT, n, n);
      INDArray product = Nd4j.create(DataType.FLOAT, new long[] {n, n}, 'f');
      Meter.rate(String.valueOf(n), 2e-9 * n * n * n, () -> x.mmuli(y, product));
    }
  }

  private static Meter.Step step(MultiLayerNetwork network, INDArray[] xs, INDArray[] ys) {
    int[] at = {0};
    return () -> {
      int i = at[0]++ % xs.length;
      network.fit(xs[i], ys[i]);
    };
  }

  private static INDArray oneHot(int rows) {
    INDArray y = Nd4j.zeros(DataType.FLOAT, rows, 10);
    for (int row = 0; row < rows; row++) {
      y.putScalar(row, RANDOM.nextInt(10), 1);
    }
    return y;
  }
}
