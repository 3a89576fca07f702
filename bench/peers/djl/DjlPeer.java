import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.cajal.bench.meter.Meter;
import java.util.stream.IntStream;

/** The Deep Java Library, on its PyTorch engine. */
public final class DjlPeer implements AutoCloseable {
  private static final float RATE = 1e-6f; // weights stay, however often the same batches come
  private static final Loss CROSS_ENTROPY = Loss.softmaxCrossEntropyLoss();

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final Model model = Model.newInstance("network", Device.cpu(), "PyTorch");

  public static void main(String[] args) throws Exception {
    Engine.getEngine("PyTorch");
    Meter.peer("DJL " + Engine.getDjlVersion());
    try (var peer = new DjlPeer()) {
      switch (args[0]) {
        case "W1" -> peer.xor();
        case "W2" -> peer.classify("samples", DjlNetworks.mlp(256, 128, 10), 64, 784);
        case "W3" -> peer.classify("samples", DjlNetworks.mlp(2048, 2048, 10), 256, 784);
        case "W4" -> peer.classify("samples", DjlNetworks.convolutional(), 64, 1, 28, 28);
        case "W5" -> peer.predictTokens();
        case "W7" -> peer.infer();
        case "W8" -> peer.epoch();
        case "W9" -> peer.multiply();
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
    Meter.memory();
    System.exit(0); // its threads live on
  }

  private void xor() throws Exception {
    Optimizer sgd = Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.5f)).build();
    Trainer trainer = trainer(DjlNetworks.xor(), Loss.l2Loss(), sgd, new Shape(4, 2));
    NDArray[] x = {manager.create(new float[] {0, 0, 0, 1, 1, 0, 1, 1}, new Shape(4, 2))};
    NDArray[] y = {manager.create(new float[] {0, 1, 1, 0}, new Shape(4, 1))};
    Meter.rate("steps", 1, step(trainer, x, y));
  }

  private void classify(String metric, Block network, int batch, long... sample) throws Exception {
    Shape shape = new Shape(batch).addAll(new Shape(sample));
    Trainer trainer = trainer(network, CROSS_ENTROPY, adam(RATE), shape);
    NDArray[] xs = many(16, () -> manager.randomNormal(shape));
    NDArray[] ys = many(16, () -> integers(10, DataType.FLOAT32, batch));
    Meter.rate(metric, batch, step(trainer, xs, ys));
  }

  private void predictTokens() throws Exception {
    var shape = new Shape(32, 64);
    Trainer trainer = trainer(DjlNetworks.lstm(), CROSS_ENTROPY, adam(RATE), shape);
    NDArray[] xs = many(8, () -> integers(65, DataType.INT64, 32, 64));
    NDArray[] ys = many(8, () -> integers(65, DataType.FLOAT32, 32 * 64));
    Meter.rate("tokens", 32 * 64, step(trainer, xs, ys));
  }

  private void infer() throws Exception {
    Block network = DjlNetworks.mlp(256, 128, 10);
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 784));
    network.freezeParameters(true);
    NDArray row = manager.randomNormal(new Shape(1, 784));
    var store = new ParameterStore(manager, false);
    Meter.latency(() -> {
      try (NDManager scope = manager.newSubManager()) {
        row.attach(scope);
        network.forward(store, new NDList(row), false).singletonOrThrow().toFloatArray();
        row.attach(manager);
      }
    });
  }

  private void epoch() {
    NDArray xs = manager.randomNormal(new Shape(6000, 784));
    NDArray ys = integers(10, DataType.FLOAT32, 6000);
    var shape = new Shape(64, 784);
    Trainer trainer = trainer(DjlNetworks.mlp(256, 128, 10), CROSS_ENTROPY, adam(1e-3f), shape);
    for (int from = 0; from < 6000; from += 64) {
      String rows = from + ":" + Math.min(6000, from + 64);
      try (NDManager scope = manager.newSubManager()) {
        NDArray x = xs.get(rows);
        NDArray y = ys.get(rows);
        x.attach(scope);
        y.attach(scope);
        learn(trainer, x, y);
      }
    }
  }

  private void multiply() throws Exception {
    for (int n : new int[] {1024, 2048}) {
      NDArray x = manager.randomNormal(new Shape(n, n));
      NDArray y = manager.randomNormal(new Shape(n, n));
      Meter.rate(String.valueOf(n), 2e-9 * n * n * n, () -> x.matMul(y).close());
    }
  }

  private Trainer trainer(Block network, Loss loss, Optimizer optimizer, Shape input) {
    model.setBlock(network);
    var config = new DefaultTrainingConfig(loss).optOptimizer(optimizer);
    Trainer trainer = model.newTrainer(config.optDevices(new Device[] {Device.cpu()}));
    trainer.initialize(input);
    return trainer;
  }

  private static Optimizer adam(float rate) {
    return Optimizer.adam().optLearningRateTracker(Tracker.fixed(rate)).build();
  }

  /** A step of training, on one batch after the other; what it makes is freed with its scope. */
  private Meter.Step step(Trainer trainer, NDArray[] xs, NDArray[] ys) {
    int[] at = {0};
    return () -> {
      int i = at[0]++ % xs.length;
      try (NDManager scope = manager.newSubManager()) {
        xs[i].attach(scope);
        ys[i].attach(scope);
        learn(trainer, xs[i], ys[i]);
        xs[i].attach(manager);
        ys[i].attach(manager);
      }
    };
  }

  private static void learn(Trainer trainer, NDArray x, NDArray y) {
    try (GradientCollector gradients = trainer.newGradientCollector()) {
      NDList predictions = trainer.forward(new NDList(x));
      gradients.backward(trainer.getLoss().evaluate(new NDList(y), predictions));
    }
    trainer.step();
  }

  private NDArray integers(int bound, DataType type, long... sizes) {
    return manager.randomInteger(0, bound, new Shape(sizes), DataType.INT64).toType(type, true);
  }

  private static NDArray[] many(int count, java.util.function.Supplier<NDArray> one) {
    return IntStream.range(0, count).mapToObj(i -> one.get()).toArray(NDArray[]::new);
  }

  @Override
  public void close() {
    model.close();
    manager.close();
  }
}
