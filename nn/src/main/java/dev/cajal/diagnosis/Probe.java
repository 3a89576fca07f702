package dev.cajal.diagnosis;

import dev.cajal.nn.Layer;
import dev.cajal.nn.Loss;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import dev.cajal.train.Event;
import dev.cajal.train.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Listens to a training run, and measures the model on a few samples before the first step, from
 * time to time, and at the end.
 *
 * <pre>{@code
 * var probe = Probe.of(model, loss, training);
 * Trained trained = Trainer.of(model, loss).telling(probe).fit(training, validation);
 * System.out.println(Diagnosis.of(trained, probe, training, validation));
 * }</pre>
 */
public final class Probe implements Consumer<Event> {
  /** What is measured is the same few samples: enough to see a unit that answers one in fifty. */
  private static final int SAMPLES = 128;

  /** Measuring goes through no more samples than this part of those that are learned from. */
  private static final double COST = 0.03;

  /** And the times between measurements grow, so that there are never many. */
  private static final double SPACING = 1.25;

  /** Over about so many samples the losses of steps are smoothed. */
  private static final double SMOOTHED = 150;

  private final Loss loss;
  private final Instrument instrument;
  private final int size;
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Event.Epoch> history = new ArrayList<>();
  private final Map<Parameter, Array> before = new HashMap<>();
  private double smooth = Double.NaN;
  private double peak = Double.NEGATIVE_INFINITY;
  private long steps;
  private long learned;
  private double next;
  private int epoch;
  private int inEpoch;
  private boolean hasEnded;

  private Probe(Loss loss, Instrument instrument, int size) {
    this.loss = loss;
    this.instrument = instrument;
    this.size = size;
    this.next = size / COST;
  }

  /** For a model that learns from these samples, of which a few are measured. */
  public static Probe of(Layer model, Loss loss, Samples samples) {
    int size = Math.min(SAMPLES, samples.size());
    int[] some =
        IntStream.range(0, size)
            .map(i -> (int) ((long) i * samples.size() / Math.max(1, size)))
            .toArray();
    return new Probe(loss, new Instrument(model, loss, samples.rows(some)), size);
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.Began began -> {
        steps = began.done().orElse(0);
        measure();
      }
      case Event.Step step -> follow(step);
      case Event.Epoch done -> history.add(done);
      case Event.Saved _, Event.Damaged _ -> {}
      case Event.Ended _ -> {
        before.clear();
        hasEnded = true;
        measurements.add(instrument.measure(steps));
      }
    }
  }

  private void measure() {
    measurements.add(instrument.measure(steps));
    instrument.parameters().forEach(each -> before.put(each, each.array().copy()));
  }

  private void follow(Event.Step step) {
    if (!before.isEmpty()) {
      measurements.add(measurements.removeLast().updating(lengthOfStep()));
      before.clear();
    }
    steps = step.number();
    int samples = step.epoch() == epoch ? step.samples() - inEpoch : step.samples();
    learned += samples;
    epoch = step.epoch();
    inEpoch = step.samples();
    double part = samples / (samples + SMOOTHED);
    smooth = Double.isNaN(smooth) ? step.loss() : smooth + part * (step.loss() - smooth);
    peak = Math.max(peak, smooth);
    if (learned >= next) {
      measure();
      next = Math.max(size * measurements.size() / COST, SPACING * learned);
    }
  }

  /** How far the weights went, relative to their length: the median over the layers. */
  private double lengthOfStep() {
    return Numbers.median(
        instrument.layers().values().stream().mapToDouble(this::lengthOfStep).toArray());
  }

  private double lengthOfStep(List<Parameter> layer) {
    double far = 0;
    double length = 0;
    for (Parameter parameter : layer) {
      Array old = before.get(parameter);
      Array now = parameter.array();
      for (int i = 0; old != null && i < now.length(); i++) {
        far += (now.at(i) - old.at(i)) * (now.at(i) - old.at(i));
        length += old.at(i) * old.at(i);
      }
    }
    return Math.sqrt(far / Math.max(length, Double.MIN_NORMAL));
  }

  // For those who judge it.

  Loss loss() {
    return loss;
  }

  List<Measurement> measurements() {
    return List.copyOf(measurements);
  }

  List<Event.Epoch> history() {
    return List.copyOf(history);
  }

  /** How long steps were, relative to the weights, whenever that was measured. */
  double[] updates() {
    return measurements.stream()
        .mapToDouble(Measurement::update)
        .filter(Double::isFinite)
        .toArray();
  }

  /** How many steps there were. */
  long steps() {
    return steps;
  }

  /** The latest losses, smoothed over some steps. */
  double smooth() {
    return smooth;
  }

  /** The largest loss, smoothed over some steps. */
  double peak() {
    return peak;
  }

  boolean hasEnded() {
    return hasEnded;
  }

  /** Whether the weights are numbers still. */
  boolean isFinite() {
    return instrument.parameters().stream()
        .allMatch(each ->
            IntStream.range(0, each.array().length())
                .allMatch(i -> Double.isFinite(each.array().at(i))));
  }
}
