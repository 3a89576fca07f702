package dev.cajal.cli;

import dev.cajal.data.prepare.Target;
import dev.cajal.json.Json;
import dev.cajal.json.JsonArray;
import dev.cajal.json.JsonNull;
import dev.cajal.json.JsonObject;
import dev.cajal.json.JsonString;
import dev.cajal.report.Classification;
import dev.cajal.report.Data;
import dev.cajal.report.Regression;
import dev.cajal.report.Result;
import dev.cajal.workbench.Material;
import dev.cajal.workbench.Outcome;
import dev.cajal.workbench.Setup;
import java.util.Locale;

/** What {@code --json} prints; docs/command.md says what each name means. */
final class OutcomeJson {
  private OutcomeJson() {}

  static JsonObject of(Setup setup, Material material, Outcome outcome) {
    Data data = material.data();
    JsonObject all =
        JsonObject.empty()
            .with("run", setup.folder().toString())
            .with("task", material.target().task().name().toLowerCase(Locale.ROOT))
            .with("target", material.target().column())
            .with("seed", Json.number(setup.seed()))
            .with("seconds", number(Math.round(outcome.seconds() * 1000) / 1000.0))
            .with(
                "rows",
                JsonObject.empty()
                    .with("training", Json.number(data.split().training()))
                    .with("validation", Json.number(data.split().validation()))
                    .with("test", Json.number(data.split().test())))
            .with("epochs", Json.number(outcome.trained().history().size()))
            .with("best", Json.number(outcome.trained().bestEpoch()))
            .with("ending", outcome.trained().ending().name().toLowerCase(Locale.ROOT))
            .with("parameters", Json.number(outcome.network().parameters()))
            .with("settings", settings(outcome))
            .with("test", test(outcome.result()))
            .with(
                "diagnosis",
                new JsonArray(
                    outcome.diagnosis().findings().stream()
                        .<Json>map(finding -> new JsonString(finding.illness().toString()))
                        .toList()))
            .with("report", outcome.report().toString());
    if (material.target() instanceof Target.Classes(_, var names)) {
      all = all.with("classes", new JsonArray(names.stream().<Json>map(JsonString::new).toList()));
    }
    return all;
  }

  private static JsonObject settings(Outcome outcome) {
    JsonObject settings = JsonObject.empty();
    for (var setting : outcome.plan().settings().entrySet()) {
      settings = settings.with(setting.getKey(), setting.getValue());
    }
    return settings;
  }

  static JsonObject test(Result result) {
    return switch (result) {
      case Classification its ->
          JsonObject.empty()
              .with("accuracy", number(its.accuracy()))
              .with("f1", number(its.macroF1()))
              .with("log_loss", number(its.logLoss()));
      case Regression its ->
          JsonObject.empty()
              .with("r2", number(its.explained()))
              .with("mae", number(its.meanError()))
              .with("rmse", number(its.rootMeanSquare()));
    };
  }

  /** JSON has no NaN. */
  private static Json number(double value) {
    return Double.isFinite(value) ? Json.number(value) : new JsonNull();
  }
}
