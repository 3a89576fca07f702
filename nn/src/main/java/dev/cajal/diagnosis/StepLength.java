package dev.cajal.diagnosis;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How far a step takes the weights, relative to their length, or to that of the first ones: some
 * are small later because it is right that they are, and no step is too long for that.
 */
final class StepLength {
  private final Instrument instrument;
  private final Map<Parameter, Array> before = new HashMap<>();
  private final Map<Parameter, Double> atFirst = new HashMap<>();

  StepLength(Instrument instrument) {
    this.instrument = instrument;
  }

  /** Before a step that is to be measured. */
  void begin() {
    for (Parameter each : instrument.parameters()) {
      before.put(each, each.array().copy());
      atFirst.computeIfAbsent(each, its -> square(its.array()));
    }
  }

  boolean hasBegun() {
    return !before.isEmpty();
  }

  /** Where no step followed. */
  void forget() {
    before.clear();
  }

  /** After the step: the median over the layers. */
  double end() {
    double length =
        Numbers.median(instrument.layers().values().stream().mapToDouble(this::ofLayer).toArray());
    forget();
    return length;
  }

  private double ofLayer(List<Parameter> layer) {
    double far = 0;
    double length = 0;
    double first = 0;
    for (Parameter parameter : layer) {
      Array old = before.get(parameter);
      Array now = parameter.array();
      first += atFirst.getOrDefault(parameter, 0.0);
      for (int i = 0; old != null && i < now.length(); i++) {
        far += (now.at(i) - old.at(i)) * (now.at(i) - old.at(i));
        length += old.at(i) * old.at(i);
      }
    }
    return Math.sqrt(far / Math.max(Math.max(length, first), Double.MIN_NORMAL));
  }

  private static double square(Array array) {
    return IntStream.range(0, array.length()).mapToDouble(i -> array.at(i) * array.at(i)).sum();
  }
}
