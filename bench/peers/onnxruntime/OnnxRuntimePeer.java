import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cajal.bench.meter.Meter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;

/**
 * ONNX Runtime: inference alone; inputs lie ready in direct memory, as its documentation advises.
 */
public final class OnnxRuntimePeer {
  private static final Random RANDOM = new Random(1);

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final int threads;

  private OnnxRuntimePeer(int threads) {
    this.threads = threads;
  }

  public static void main(String[] args) throws Exception {
    var peer = new OnnxRuntimePeer(Integer.parseInt(args[1]));
    Meter.peer("ONNX Runtime " + peer.environment.getVersion());
    switch (args[0]) {
      case "W7" -> peer.infer();
      case "W9" -> peer.multiply();
      default -> throw new IllegalArgumentException(args[0]);
    }
    Meter.memory();
  }

  private void infer() throws Exception {
    int[] sizes = {784, 256, 128, 10};
    OnnxModel model = new OnnxModel().input("x0", -1, 784).output("y3", -1, 10);
    for (int i = 1; i < sizes.length; i++) {
      int inputs = sizes[i - 1];
      float[] weight = normal(sizes[i] * inputs, Math.sqrt(1.0 / inputs));
      model.initializer("w" + i, weight, sizes[i], inputs);
      model.initializer("b" + i, new float[sizes[i]], sizes[i]);
      model.dense("y" + i, "x" + (i - 1), "w" + i, "b" + i);
      if (i < sizes.length - 1) {
        model.node("Relu", "x" + i, "y" + i);
      }
    }
    try (OrtSession session = session(model)) {
      Map<String, OnnxTensor> inputs = Map.of("x0", tensor(1, 784));
      Meter.latency(() -> {
        try (var result = session.run(inputs)) {
          result.get(0).getValue();
        }
      });
    }
  }

  private void multiply() throws Exception {
    OnnxModel model =
        new OnnxModel()
            .input("x", -1, -2)
            .input("y", -2, -3)
            .output("product", -1, -3)
            .node("MatMul", "product", "x", "y");
    try (OrtSession session = session(model)) {
      for (int n : new int[] {1024, 2048}) {
        Map<String, OnnxTensor> inputs = Map.of("x", tensor(n, n), "y", tensor(n, n));
        Meter.rate(String.valueOf(n), 2e-9 * n * n * n, () -> session.run(inputs).close());
      }
    }
  }

  private OrtSession session(OnnxModel model) throws OrtException {
    var options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    return environment.createSession(model.bytes(), options);
  }

  private OnnxTensor tensor(int rows, int columns) throws OrtException {
    FloatBuffer numbers =
        ByteBuffer.allocateDirect(4 * rows * columns)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    numbers.put(normal(rows * columns, 1)).rewind();
    return OnnxTensor.createTensor(environment, numbers, new long[] {rows, columns});
  }

  private static float[] normal(int count, double scale) {
    var numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (scale * RANDOM.nextGaussian());
    }
    return numbers;
  }
}
