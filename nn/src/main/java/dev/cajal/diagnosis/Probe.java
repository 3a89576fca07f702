package dev.cajal.diagnosis;

import dev.cajal.engine.Program;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Loss;
import dev.cajal.tensor.Array;
import dev.cajal.train.Batch;
import dev.cajal.train.Event;
import dev.cajal.train.Samples;
import dev.cajal.train.Trained;
import java.util.ArrayList;
import java.util.List;
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

  /** How far outputs of the same model may be apart, by rounding. */
  private static final double SAME = 0.01;

  private final Layer model;
  private final Loss loss;
  private final Batch samples;
  private final Instrument instrument;
  private final StepLength stepLength;
  private final int size;
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Event.Epoch> history = new ArrayList<>();
  private double smooth = Double.NaN;
  private double peak = Double.NEGATIVE_INFINITY;
  private long steps;
  private long learned;
  private double next;
  private int epoch;
  private int inEpoch;
  private boolean hasEnded;

  private Probe(Layer model, Loss loss, Batch samples) {
    this.model = model;
    this.loss = loss;
    this.samples = samples;
    this.instrument = new Instrument(model, loss, samples);
    this.stepLength = new StepLength(instrument);
    this.size = samples.size();
    this.next = size / COST;
  }

  /** For a model that learns from these samples, of which a few are measured. */
  public static Probe of(Layer model, Loss loss, Samples samples) {
    return new Probe(model, loss, samples.some(SAMPLES));
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.Began began -> {
        if (!measurements.isEmpty()) {
          throw new IllegalStateException(
              "diagnosis: this probe has listened to a run before: take another (Probe.of) for"
                  + " each");
        }
        steps = began.done().orElse(0);
        measure();
      }
      case Event.Step step -> follow(step);
      case Event.Epoch done -> history.add(done);
      case Event.Saved _, Event.Damaged _ -> {}
      case Event.Ended _ -> {
        stepLength.forget();
        hasEnded = true;
        measurements.add(instrument.measure(steps));
      }
    }
  }

  private void measure() {
    measurements.add(instrument.measure(steps));
    stepLength.begin();
  }

  private void follow(Event.Step step) {
    if (stepLength.hasBegun()) {
      measurements.add(measurements.removeLast().updating(stepLength.end()));
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

  // For those who judge it.

  /** Refuses a run that it did not listen to, or that was of another model. */
  void requireThatOf(Trained trained) {
    if (measurements.isEmpty()) {
      throw new IllegalArgumentException(
          "diagnosis: the probe has listened to no run: give it to the trainer (Trainer.telling)"
              + " before");
    }
    Array its = trained.predict(samples.x());
    Program.Call call = Program.of(model.apply(Instrument.input("x", samples.x()))).call();
    call.set("x", samples.x()).run();
    Array own = call.output(0);
    double apart = 0;
    double length = 0;
    for (int i = 0; i < own.length() && own.length() == its.length(); i++) {
      apart = Math.hypot(apart, own.at(i) - its.at(i));
      length = Math.hypot(length, its.at(i));
    }
    if (own.length() != its.length() || apart > SAME * length) {
      throw new IllegalArgumentException(
          "diagnosis: the probe is of another model than the one that was trained: Probe.of takes"
              + " the same object as Trainer.of");
    }
  }

  Batch samples() {
    return samples;
  }

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
