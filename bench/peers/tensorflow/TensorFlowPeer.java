import dev.cajal.bench.meter.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.framework.optimizers.Adam;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** TensorFlow for Java, in graph mode, which is its fastest. */
public final class TensorFlowPeer implements AutoCloseable {
  private static final Random RANDOM = new Random(1);

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final List<Op> initial = new ArrayList<>();
  private final Session session;

  private TensorFlowPeer(int threads) {
    session =
        new Session(
            graph,
            ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(1)
                .build());
  }

  public static void main(String[] args) throws Exception {
    Meter.peer("TensorFlow " + TensorFlow.version());
    try (var peer = new TensorFlowPeer(Integer.parseInt(args[1]))) {
      switch (args[0]) {
        case "W2" -> peer.train(new int[] {784, 256, 128, 10}, 64);
        case "W3" -> peer.train(new int[] {784, 2048, 2048, 10}, 256);
        case "W7" -> peer.infer(784, 256, 128, 10);
        case "W9" -> peer.multiply();
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
    Meter.memory();
    System.exit(0); // its threads live on
  }

  private void train(int[] sizes, int batch) throws Exception {
    Placeholder<TFloat32> x = placeholder(784);
    Placeholder<TFloat32> y = placeholder(10);
    var losses = tf.nn.softmaxCrossEntropyWithLogits(network(x, sizes), y).loss();
    Operand<TFloat32> loss = tf.math.mean(losses, tf.constant(0));
    Op step = new Adam(graph, 1e-6f).minimize(loss);
    initialise();
    var xs = new TFloat32[16];
    var ys = new TFloat32[16];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = normal(batch, 784);
      ys[i] = oneHot(batch);
    }
    int[] at = {0};
    Meter.rate(
        "samples",
        batch,
        () -> {
          int i = at[0]++ % xs.length;
          session.runner().feed(x, xs[i]).feed(y, ys[i]).addTarget(step).fetch(loss).run().close();
        });
  }

  private void infer(int... sizes) throws Exception {
    Placeholder<TFloat32> x = placeholder(784);
    Operand<TFloat32> logits = network(x, sizes);
    initialise();
    TFloat32 row = normal(1, 784);
    Meter.latency(() -> {
      try (var result = session.runner().feed(x, row).fetch(logits).run()) {
        ((TFloat32) result.get(0)).getFloat(0, 0);
      }
    });
  }

  private void multiply() throws Exception {
    Placeholder<TFloat32> x = tf.placeholder(TFloat32.class);
    Placeholder<TFloat32> y = tf.placeholder(TFloat32.class);
    Operand<TFloat32> product = tf.linalg.matMul(x, y);
    for (int n : new int[] {1024, 2048}) {
      TFloat32 a = normal(n, n);
      TFloat32 b = normal(n, n);
      Meter.rate(
          String.valueOf(n),
          2e-9 * n * n * n,
          () -> session.runner().feed(x, a).feed(y, b).fetch(product).run().close());
    }
  }

  private Placeholder<TFloat32> placeholder(int columns) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, columns)));
  }

  private Operand<TFloat32> network(Operand<TFloat32> x, int... sizes) {
    Operand<TFloat32> layer = dense(x, sizes[0], sizes[1]);
    for (int i = 2; i < sizes.length; i++) {
      layer = dense(tf.nn.relu(layer), sizes[i - 1], sizes[i]);
    }
    return layer;
  }

  private Operand<TFloat32> dense(Operand<TFloat32> x, int inputs, int outputs) {
    Variable<TFloat32> weight = tf.variable(Shape.of(inputs, outputs), TFloat32.class);
    Variable<TFloat32> bias = tf.variable(Shape.of(outputs), TFloat32.class);
    var normal = tf.random.truncatedNormal(tf.array(inputs, outputs), TFloat32.class);
    initial.add(
        tf.assign(weight, tf.math.mul(normal, tf.constant((float) Math.sqrt(2.0 / inputs)))));
    initial.add(tf.assign(bias, tf.zeros(tf.array(outputs), TFloat32.class)));
    return tf.math.add(tf.linalg.matMul(x, weight), bias);
  }

  private void initialise() {
    initial.forEach(session::run);
    session.initialize();
  }

  private static TFloat32 normal(int rows, int columns) {
    var numbers = new float[rows * columns];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) RANDOM.nextGaussian();
    }
    return TFloat32.tensorOf(Shape.of(rows, columns), DataBuffers.of(numbers));
  }

  private static TFloat32 oneHot(int rows) {
    var numbers = new float[rows * 10];
    for (int row = 0; row < rows; row++) {
      numbers[row * 10 + RANDOM.nextInt(10)] = 1;
    }
    return TFloat32.tensorOf(Shape.of(rows, 10), DataBuffers.of(numbers));
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
