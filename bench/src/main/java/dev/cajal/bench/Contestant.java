package dev.cajal.bench;

import dev.cajal.bench.meter.Meter;
import dev.cajal.bench.network.Adam;
import dev.cajal.bench.network.Batch;
import dev.cajal.bench.network.Mlp;
import dev.cajal.bench.network.Task;
import dev.cajal.bench.race.Workload;
import dev.cajal.engine.Program;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/** Cajal's own process in the race: {@code Contestant WORKLOAD THREADS}. */
public final class Contestant {
  private final int threads;

  private Contestant(int threads) {
    this.threads = threads;
  }

  public static void main(String[] args) throws Exception {
    Meter.peer("Cajal");
    new Contestant(Integer.parseInt(args[1])).run(Workload.named(args[0]));
    Meter.memory();
  }

  private void run(Workload workload) throws Exception {
    switch (workload) {
      case W1 -> train(Task.xor());
      case W2 -> train(Task.smallMlp());
      case W3 -> train(Task.largeMlp());
      case W4 -> train(Task.convolutional());
      case W5 -> train(Task.lstm());
      case W6 -> train(Task.gpt());
      case W7 -> infer();
      case W8 -> epoch();
      case W9 -> {
        multiply(1024);
        multiply(2048);
      }
    }
  }

  private void train(Task task) throws Exception {
    List<Batch> batches = task.batches();
    Program.Call call = task.training().program().threads(threads).call();
    var steps =
        new Object() {
          int at;
        };
    Meter.rate(
        task.unit(),
        task.units(),
        () -> {
          steps.at = steps.at + 1 < batches.size() ? steps.at + 1 : 0;
          Batch batch = batches.get(steps.at);
          call.set("x", batch.x()).set("y", batch.y()).run();
        });
    requireFinite(call.output(0));
  }

  private void infer() throws Exception {
    Tensor x = Tensor.input("x", "batch", 784);
    Tensor y = Mlp.of(Tensor::relu, 784, 256, 128, 10).apply(x);
    Program.Call call = Program.of(y).threads(threads).call();
    call.set("x", Batch.normal(new SplittableRandom(1), 1, 784));
    Meter.latency(call::run);
    Meter.allocation(call::run);
    requireFinite(call.output(0));
  }

  /** One epoch over samples in a random order, whose last batch is a short one. */
  private void epoch() {
    var random = new SplittableRandom(1);
    int samples = 6000;
    Batch all = Batch.ofClasses(random, 10, samples, 784);
    int[] order = shuffled(random, samples);
    Program.Call call = Task.mlp(new Adam(1e-3), 256, 128).program().threads(threads).call();
    for (int from = 0; from < samples; from += 64) {
      int size = Math.min(64, samples - from);
      var x = new float[size * 784];
      var y = new int[size];
      for (int row = 0; row < size; row++) {
        int sample = order[from + row];
        System.arraycopy((float[]) all.x().data(), sample * 784, x, row * 784, 784);
        y[row] = ((int[]) all.y().data())[sample];
      }
      call.set("x", Array.wrap(x, Shape.of(size, 784))).set("y", Array.of(y)).run();
    }
    requireFinite(call.output(0));
  }

  private static int[] shuffled(SplittableRandom random, int count) {
    var order = new int[count];
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  private void multiply(int n) throws Exception {
    Tensor x = Tensor.input("x", DType.F32, n, n);
    Tensor y = Tensor.input("y", DType.F32, n, n);
    var random = new SplittableRandom(1);
    Program.Call call = Program.of(x.matmul(y)).threads(threads).call();
    call.set("x", Batch.normal(random, n, n)).set("y", Batch.normal(random, n, n));
    Meter.rate(String.valueOf(n), 2e-9 * n * n * n, call::run);
  }

  private static void requireFinite(Array array) {
    for (double number : array.toDoubles()) {
      if (!Double.isFinite(number)) {
        throw new IllegalStateException("the result is not finite: " + array);
      }
    }
  }
}
