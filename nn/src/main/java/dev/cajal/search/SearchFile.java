package dev.cajal.search;

import dev.cajal.DamagedFileException;
import dev.cajal.files.Conditions;
import dev.cajal.files.WholeFile;
import dev.cajal.json.At;
import dev.cajal.json.Json;
import dev.cajal.json.JsonArray;
import dev.cajal.json.JsonObject;
import dev.cajal.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A search as JSON: what it depends on, and its trials by their numbers. */
record SearchFile(Conditions conditions, List<Trial> trials) {

  void write(Path file) {
    JsonObject json =
        JsonObject.empty()
            .with("conditions", conditions.toJson())
            .with("trials", JsonArray.of(trials, SearchFile::toJson));
    WholeFile.write(file, json.pretty() + "\n");
  }

  private static JsonObject toJson(Trial trial) {
    Map<String, Json> setting = new LinkedHashMap<>();
    trial.setting().values().forEach((name, value) -> setting.put(name, new JsonString(value)));
    return JsonObject.empty()
        .with("number", Json.number(trial.number()))
        .with("setting", new JsonObject(setting))
        .with("outcomes", JsonArray.of(trial.outcomes(), SearchFile::toJson));
  }

  private static JsonObject toJson(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(String reason) -> JsonObject.empty().with("failed", reason);
      case Outcome.Scored(double score, OptionalDouble deviation, int epochs, double seconds) -> {
        JsonObject json = JsonObject.empty().with("score", Json.number(score));
        if (deviation.isPresent()) {
          json = json.with("deviation", Json.number(deviation.getAsDouble()));
        }
        yield json.with("epochs", Json.number(epochs)).with("seconds", Json.number(seconds));
      }
    };
  }

  static SearchFile read(Path file) throws IOException {
    try {
      At top = At.top(Json.parse(Files.readString(file))).only("conditions", "trials");
      var read =
          new SearchFile(
              Conditions.of(top.get("conditions")), top.get("trials").list(SearchFile::trial));
      for (int i = 0; i < read.trials().size(); i++) {
        if (read.trials().get(i).number() != i) {
          throw top.get("trials").damaged("trial %d is missing".formatted(i));
        }
      }
      return read;
    } catch (DamagedFileException e) {
      throw e.in(file.toString());
    }
  }

  private static Trial trial(At at) {
    return new Trial(
        at.get("number").asInt(),
        new Setting(new LinkedHashMap<>(at.get("setting").map(At::asString))),
        at.get("outcomes").list(SearchFile::outcome));
  }

  private static Outcome outcome(At at) {
    return at.find("failed")
        .<Outcome>map(reason -> new Outcome.Failed(reason.asString()))
        .orElseGet(() ->
            new Outcome.Scored(
                at.get("score").asDouble(),
                at.find("deviation")
                    .map(it -> OptionalDouble.of(it.asDouble()))
                    .orElse(OptionalDouble.empty()),
                at.get("epochs").asInt(),
                at.get("seconds").asDouble()));
  }
}
