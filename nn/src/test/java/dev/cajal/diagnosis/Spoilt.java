package dev.cajal.diagnosis;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Losses;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import dev.cajal.train.Batch;
import dev.cajal.train.Samples;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Samples that were good, and are not any more. */
final class Spoilt {
  private Spoilt() {}

  static Batch withColumn(Batch samples, IntToDoubleFunction column) {
    int rows = samples.size();
    int width = samples.x().length() / rows;
    var x = new float[rows][width + 1];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        x[row][i] = (float) samples.x().at(row * width + i);
      }
      x[row][width] = (float) column.applyAsDouble(row);
    }
    return Samples.of(Array.of(x), samples.y());
  }

  /** The target as a feature, slightly blurred. */
  static Batch leaking(Batch samples, long seed) {
    var random = new SplittableRandom(seed);
    return withColumn(samples, row -> samples.y().at(row) + random.nextGaussian(0, 0.02));
  }

  static Batch scaled(Batch samples, double times) {
    float[] x = samples.x().toFloats();
    for (int i = 0; i < x.length; i++) {
      x[i] *= (float) times;
    }
    return Samples.of(Array.wrap(x, samples.x().shape()), samples.y());
  }

  /** A fifth of the labels another, or numbers with noise. */
  static Batch noisy(Batch samples, long seed) {
    var random = new SplittableRandom(seed);
    Array y = samples.y();
    if (y.dtype() == DType.I32) {
      int[] labels = y.toInts();
      int classes = 1 + Arrays.stream(labels).max().orElse(0);
      for (int i = 0; i < labels.length; i++) {
        labels[i] = random.nextInt(5) == 0 ? random.nextInt(classes) : labels[i];
      }
      return Samples.of(samples.x(), Array.of(labels));
    }
    float[] numbers = y.toFloats();
    boolean isYesNo = y.shape().rank() == 2 && areYesNo(numbers);
    for (int i = 0; i < numbers.length; i++) {
      if (isYesNo) {
        numbers[i] = random.nextInt(5) == 0 ? 1 - numbers[i] : numbers[i];
      } else {
        numbers[i] += (float) random.nextGaussian(0, 0.5);
      }
    }
    return Samples.of(samples.x(), Array.wrap(numbers, y.shape()));
  }

  private static boolean areYesNo(float... numbers) {
    for (float number : numbers) {
      if (number != 0 && number != 1) {
        return false;
      }
    }
    return true;
  }

  static Batch joined(Batch a, Batch b) {
    return Samples.of(joined(a.x(), b.x()), joined(a.y(), b.y()));
  }

  private static Array joined(Array a, Array b) {
    int rows = a.shape().numbers()[0] + b.shape().numbers()[0];
    double[] all = Arrays.copyOf(a.toDoubles(), a.length() + b.length());
    System.arraycopy(b.toDoubles(), 0, all, a.length(), b.length());
    Shape shape = Shape.of(rows).then(a.shape().part(1, a.shape().rank()));
    return Array.wrap(all, shape).as(a.dtype(), shape);
  }

  /** A further class, of a few samples that nothing tells from the others. */
  static Patient withRareClass(Patient patient, DataSet set, double share, int width, long seed) {
    int classes = set.classes + 1;
    return new Patient(
        patient.name(),
        patient.illness(),
        Networks.Recipe.of(Activation.RELU, 2, width).network(set.features, classes),
        Losses.crossEntropy(),
        patient.optimizer(),
        rare(patient.training(), set.classes, share, seed),
        rare(patient.validation(), set.classes, share, seed + 1),
        patient.epochs(),
        patient.patience(),
        seed);
  }

  private static Batch rare(Batch samples, int rare, double share, long seed) {
    var random = new SplittableRandom(seed);
    var labels = new int[samples.size()];
    Arrays.setAll(labels, i -> random.nextDouble() < share ? rare : (int) samples.y().at(i));
    return Samples.of(samples.x(), Array.of(labels));
  }
}
