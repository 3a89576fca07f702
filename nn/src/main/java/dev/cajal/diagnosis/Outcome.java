package dev.cajal.diagnosis;

import dev.cajal.engine.Program;
import dev.cajal.nn.Loss;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import dev.cajal.train.Batch;
import dev.cajal.train.Metrics;
import dev.cajal.train.Samples;
import dev.cajal.train.Trained;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What a trained model makes of some samples, without dropout: its outputs and their losses. */
final class Outcome {
  /** No more samples are looked at: means are sure enough then, and little time is lost. */
  private static final int SAMPLES = 2000;

  /** Nor so many that their outputs are more numbers than this, as those of texts may be. */
  private static final double NUMBERS = 1 << 24;

  private final Loss loss;
  private final int size;
  private final Batch all;
  private final Batch samples;
  private final Array output;
  private final double[] losses;
  private final double[] weights;

  private Outcome(Loss loss, int size, Batch all, Batch samples, Array output) {
    this.loss = loss;
    this.size = size;
    this.all = all;
    this.samples = samples;
    this.output = output;
    this.weights = weights(loss, samples, output);
    this.losses = losses(output);
  }

  /** Of some samples, or of so many of them, all over the set, that it does not take long. */
  static Outcome of(Trained trained, Loss loss, Samples samples) {
    Batch one = samples.rows(0);
    int numbers = trained.predict(one.x()).length();
    Batch all =
        samples instanceof Batch whole
            ? whole
            : samples.some((int) Math.max(1, NUMBERS / Math.max(1, one.x().length())));
    Batch some = all.some((int) Math.max(1, Math.min(SAMPLES, NUMBERS / Math.max(1, numbers))));
    return new Outcome(loss, samples.size(), all, some, trained.predict(some.x()));
  }

  /** How many there are. */
  int size() {
    return size;
  }

  /** What part of them {@link #all} are. */
  double part() {
    return (double) all.size() / Math.max(1, size);
  }

  /** How many numbers or classes were to be learned, of all samples. */
  long targets() {
    return (long) size * all.y().length() / Math.max(1, all.size());
  }

  /** All samples, or where they would fill the memory as many as do not; a part was predicted. */
  Batch all() {
    return all;
  }

  /** Those that were predicted. */
  Batch samples() {
    return samples;
  }

  Array output() {
    return output;
  }

  /** The loss of each sample, weighted so that their mean is what was learned by. */
  double[] losses() {
    return losses;
  }

  double mean() {
    return Numbers.mean(losses);
  }

  /**
   * How much each sample counts, or each place of one: as its class does in the loss, times what
   * the samples say themselves.
   */
  double[] weights() {
    return weights;
  }

  private static double[] weights(Loss loss, Batch samples, Array output) {
    Tensor o = Instrument.input("output", output);
    Tensor t = Instrument.input("target", samples.y());
    // Usually they are ones, which alone would need no inputs.
    Program.Call call = Program.of(loss.each(o, t), loss.weights(o, t)).call();
    call.set("output", output).set("target", samples.y()).run();
    double[] weights = call.output(1).toDoubles();
    samples
        .weight()
        .ifPresent(given -> {
          int places = weights.length / Math.max(1, given.length());
          for (int i = 0; i < weights.length; i++) {
            double weight = given.at(i / places);
            weights[i] = weight == 0 ? 0 : weights[i] * weight;
          }
        });
    return weights;
  }

  /** The losses that other outputs would have. */
  final double[] losses(Array outputs) {
    Tensor o = Instrument.input("output", outputs);
    Tensor t = Instrument.input("target", samples.y());
    Program.Call call = Program.of(loss.each(o, t)).call();
    call.set("output", outputs).set("target", samples.y()).run();
    Array each = call.output(0);
    var sums = new double[samples.size()];
    int places = each.length() / Math.max(1, sums.length);
    double all = 0;
    for (int i = 0; i < each.length(); i++) {
      double given = given(i, each.length());
      if (given != 0) {
        sums[i / places] += each.at(i) * given;
        all += weights[i];
      }
    }
    double scale = all == 0 ? 0 : sums.length / all;
    return Arrays.stream(sums).map(sum -> sum * scale).toArray();
  }

  private double given(int place, int places) {
    return samples.weight().map(its -> its.at(place / (places / its.length()))).orElse(1.0);
  }

  /** Whether there is one class to each sample, of as many as there are outputs. */
  boolean isOfClasses() {
    return samples.y().dtype() == DType.I32
        && samples.y().shape().rank() == 1
        && output.shape().rank() == 2
        && samples.weight().isEmpty();
  }

  /** Whether each sample is a row of numbers, and not an image, a text or a sequence. */
  boolean isOfFeatures() {
    return samples.x().shape().rank() == 2 && samples.x().dtype().isFloat();
  }

  /** Whether the targets are numbers like the outputs. */
  boolean isOfNumbers() {
    return samples.y().dtype().isFloat() && samples.y().shape().equals(output.shape());
  }

  /** Whether each sample is yes or no: 1 or 0, or 1 or -1. */
  boolean isOfYesAndNo() {
    Array y = samples.y();
    return isOfNumbers()
        && y.length() == samples.size()
        && samples.weight().isEmpty()
        && (IntStream.range(0, y.length()).allMatch(i -> y.at(i) == 0 || y.at(i) == 1)
            || IntStream.range(0, y.length()).allMatch(i -> y.at(i) == -1 || y.at(i) == 1));
  }

  /** The class of each sample, 0 and 1 of no and yes; none where there are no classes. */
  int[] labels() {
    return labels(samples.y());
  }

  /** The same of all samples, of which only some were predicted. */
  int[] allLabels() {
    return labels(all.y());
  }

  private int[] labels(Array y) {
    return isOfClasses()
        ? y.toInts()
        : isOfYesAndNo()
            ? IntStream.range(0, y.length()).map(i -> y.at(i) > 0 ? 1 : 0).toArray()
            : new int[0];
  }

  /** The class that the model says of each sample, 0 and 1 of no and yes. */
  int[] predictions() {
    if (isOfClasses()) {
      return Metrics.predictions(output);
    }
    boolean isLogit = Constant.of(this).map(Constant::isLogit).orElse(false);
    boolean isAroundZero = isLogit || Arrays.stream(samples.y().toDoubles()).anyMatch(y -> y < 0);
    double threshold = isAroundZero ? 0 : 0.5;
    return IntStream.range(0, output.length()).map(i -> output.at(i) > threshold ? 1 : 0).toArray();
  }

  /** How many classes there are; 0 of numbers. */
  int classes() {
    return isOfClasses() ? output.shape().numbers()[1] : isOfYesAndNo() ? 2 : 0;
  }

  /** An output that is the same for all samples: these numbers for each. */
  Array same(double... numbers) {
    var all = new float[output.length()];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) numbers[i % numbers.length];
    }
    return Array.wrap(all, Shape.of(output.shape().numbers()));
  }
}
