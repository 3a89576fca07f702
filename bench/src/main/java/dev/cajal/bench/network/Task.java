package dev.cajal.bench.network;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a workload trains, on which batches.
 *
 * @param unit what is counted: steps, samples or tokens
 * @param units how many of them are in a batch
 */
public record Task(Training training, List<Batch> batches, String unit, int units) {

  /** At this rate weights stay where they are, however often the same batches come. */
  private static final double RATE = 1e-6;

  private static final Optimizer ADAM = new Adam(RATE);
  private static final int TOKENS = 65;

  /** XOR by a network 2-8-1, all four rows at once. */
  public static Task xor() {
    var x = Array.of(new float[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    var y = Array.of(new float[][] {{0}, {1}, {1}, {0}});
    Network network = Mlp.of(Tensor::tanh, 2, 8, 1);
    Training training = Training.ofSquares(network, new Sgd(0.5), 2, 1);
    return new Task(training, List.of(new Batch(x, y)), "steps", 1);
  }

  public static Task smallMlp() {
    return new Task(mlp(ADAM, 256, 128), images(16, 64, 784), "samples", 64);
  }

  public static Task largeMlp() {
    return new Task(mlp(ADAM, 2048, 2048), images(8, 256, 784), "samples", 256);
  }

  /** A classifier of 784 pixels with two hidden layers. */
  public static Training mlp(Optimizer optimizer, int hidden1, int hidden2) {
    Network network = Mlp.of(Tensor::relu, 784, hidden1, hidden2, 10);
    return Training.ofClasses(network, optimizer, 10, 784);
  }

  public static Task convolutional() {
    Network network = Convolutional.of(28, 32, 128, 10);
    Training training = Training.ofClasses(network, ADAM, 10, 28, 28, 1);
    return new Task(training, images(16, 64, 28, 28, 1), "samples", 64);
  }

  public static Task lstm() {
    Training training = Training.ofTokens(Lstm.of(TOKENS, 64, 256), ADAM, TOKENS, 64);
    return new Task(training, texts(32, 64), "tokens", 32 * 64);
  }

  public static Task gpt() {
    Network network = Gpt.of(new Gpt.Size(TOKENS, 128, 4, 4, 128));
    Training training = Training.ofTokens(network, new Adam(RATE, 0.01), TOKENS, 128);
    return new Task(training, texts(16, 128), "tokens", 16 * 128);
  }

  private static List<Batch> images(int count, int... shape) {
    var random = new SplittableRandom(1);
    return many(count, () -> Batch.ofClasses(random, 10, shape));
  }

  private static List<Batch> texts(int batch, int time) {
    var random = new SplittableRandom(1);
    return many(8, () -> Batch.ofTokens(random, TOKENS, batch, time));
  }

  private static List<Batch> many(int count, Supplier<Batch> one) {
    return Stream.generate(one).limit(count).toList();
  }
}
