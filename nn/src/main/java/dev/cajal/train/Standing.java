package dev.cajal.train;

import dev.cajal.json.At;
import dev.cajal.json.Json;
import dev.cajal.json.JsonArray;
import dev.cajal.json.JsonBoolean;
import dev.cajal.json.JsonNull;
import dev.cajal.json.JsonObject;
import dev.cajal.json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * How far a run has come: with the numbers of the parameters, all that the rest of it depends on.
 *
 * @param step how many steps are done
 * @param samples how many samples of the epoch that has begun were learned from
 * @param loss the mean loss over those
 * @param seconds that went into those
 * @param history the epochs that are done
 * @param best the number of the best of them, or 0
 */
record Standing(
    long step, int samples, Mean loss, double seconds, List<Event.Epoch> history, int best) {

  Standing {
    history = List.copyOf(history);
  }

  JsonObject toJson() {
    return JsonObject.empty()
        .with("step", Json.number(step))
        .with("samples", Json.number(samples))
        .with("lossSum", number(loss.sum()))
        .with("lossWeight", number(loss.weight()))
        .with("seconds", Json.number(seconds))
        .with("history", JsonArray.of(history, Standing::toJson))
        .with("best", Json.number(best));
  }

  private static JsonObject toJson(Event.Epoch epoch) {
    Map<String, Json> metrics = new LinkedHashMap<>();
    epoch.metrics().forEach((name, value) -> metrics.put(name, number(value)));
    return JsonObject.empty()
        .with("number", Json.number(epoch.number()))
        .with("step", Json.number(epoch.step()))
        .with("loss", number(epoch.loss()))
        .with(
            "validation",
            epoch.validation().isPresent()
                ? number(epoch.validation().getAsDouble())
                : new JsonNull())
        .with("metrics", new JsonObject(metrics))
        .with("isBest", new JsonBoolean(epoch.isBest()))
        .with("seconds", Json.number(epoch.seconds()));
  }

  static Standing of(At at) {
    return new Standing(
        at.get("step").asLong(),
        at.get("samples").asInt(),
        new Mean(number(at.get("lossSum")), number(at.get("lossWeight"))),
        at.get("seconds").asDouble(),
        at.get("history").list(Standing::epoch),
        at.get("best").asInt());
  }

  private static Event.Epoch epoch(At at) {
    At validation = at.get("validation");
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    at.get("metrics").map(Standing::number).forEach(metrics::put);
    return new Event.Epoch(
        at.get("number").asInt(),
        at.get("step").asLong(),
        number(at.get("loss")),
        validation.value() instanceof JsonNull
            ? OptionalDouble.empty()
            : OptionalDouble.of(number(validation)),
        metrics,
        at.get("isBest").asBoolean(),
        at.get("seconds").asDouble());
  }

  /** JSON has no numbers that are not finite; a metric may be one. */
  private static Json number(double value) {
    return Double.isFinite(value) ? Json.number(value) : new JsonString("" + value);
  }

  private static double number(At at) {
    if (!(at.value() instanceof JsonString(var text))) {
      return at.asDouble();
    }
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw at.damaged("\"%s\" is not a number".formatted(text));
    };
  }
}
