import dev.cajal.bench.meter.Meter;
import java.util.Random;
import smile.classification.MLP;
import smile.model.mlp.Layer;
import smile.model.mlp.LayerBuilder;
import smile.model.mlp.OutputFunction;
import smile.util.function.TimeFunction;

/**
 * Smile: it has no Adam, so it trains by gradient descent with momentum. Its products are those of a
 * native BLAS, in float.
 */
public final class SmilePeer {
  private static final Random RANDOM = new Random(1);

  private SmilePeer() {}

  public static void main(String[] args) throws Exception {
    Meter.peer("Smile 6.2.5");
    switch (args[0]) {
      case "W1" -> xor();
      case "W2" -> train(new int[] {256, 128}, 64);
      case "W3" -> train(new int[] {2048, 2048}, 256);
      case "W7" -> {
        MLP network = network(256, 128);
        double[] row = row();
        var probabilities = new double[10];
        Meter.latency(() -> network.predict(row, probabilities));
      }
      case "W8" -> epoch();
      default -> throw new IllegalArgumentException(args[0]);
    }
    Meter.memory();
  }

  private static void xor() throws Exception {
    LayerBuilder output = Layer.mse(1, OutputFunction.SIGMOID);
    var network = new MLP(Layer.input(2), Layer.tanh(8), output);
    network.setLearningRate(TimeFunction.constant(0.5));
    double[][] x = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    int[] y = {0, 1, 1, 0};
    Meter.rate("steps", 1, () -> network.update(x, y));
  }

  private static MLP network(int... hidden) {
    var network =
        new MLP(
            Layer.input(784),
            Layer.rectifier(hidden[0]),
            Layer.rectifier(hidden[1]),
            Layer.mle(10, OutputFunction.SOFTMAX));
    network.setLearningRate(TimeFunction.constant(1e-6));
    network.setMomentum(TimeFunction.constant(0.9));
    return network;
  }

  private static void train(int[] hidden, int batch) throws Exception {
    MLP network = network(hidden);
    var xs = new double[16][][];
    var ys = new int[16][];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = rows(batch);
      ys[i] = classes(batch);
    }
    int[] at = {0};
    Meter.rate(
        "samples",
        batch,
        () -> {
          int i = at[0]++ % xs.length;
          network.update(xs[i], ys[i]);
        });
  }

  private static void epoch() {
    MLP network = network(256, 128);
    for (int done = 0; done < 6000; done += 64) {
      int batch = Math.min(64, 6000 - done);
      network.update(rows(batch), classes(batch));
    }
  }

  private static double[][] rows(int count) {
    var rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = row();
    }
    return rows;
  }

  private static double[] row() {
    return RANDOM.doubles(784, -1.7, 1.7).toArray();
  }

  private static int[] classes(int count) {
    return RANDOM.ints(count, 0, 10).toArray();
  }
}
