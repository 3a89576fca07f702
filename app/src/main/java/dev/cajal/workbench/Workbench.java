package dev.cajal.workbench;

import dev.cajal.data.prepare.Target;
import dev.cajal.diagnosis.Diagnosis;
import dev.cajal.diagnosis.Probe;
import dev.cajal.files.WholeFile;
import dev.cajal.json.Json;
import dev.cajal.json.JsonArray;
import dev.cajal.json.JsonObject;
import dev.cajal.json.JsonString;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Loss;
import dev.cajal.nn.Losses;
import dev.cajal.nn.SavedModel;
import dev.cajal.nn.Summary;
import dev.cajal.report.Importance;
import dev.cajal.report.Recipe;
import dev.cajal.report.Report;
import dev.cajal.report.Result;
import dev.cajal.report.Run;
import dev.cajal.report.Status;
import dev.cajal.report.Training;
import dev.cajal.train.Event;
import dev.cajal.train.Metric;
import dev.cajal.train.Trained;
import dev.cajal.train.Trainer;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * Trains a network on some material, tests it, looks at what ails it, and writes all of it down.
 */
public final class Workbench {
  private static final String REPORT = "report.html";

  private final Material material;
  private final Plan plan;
  private final Setup setup;
  private final Layer network;
  private final Loss loss;
  private final ZonedDateTime began =
      ZonedDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
  private final long start = System.nanoTime();
  private final List<Event.Epoch> epochs = new ArrayList<>();

  public Workbench(Material material, Wishes wishes, Setup setup) {
    this.material = material;
    this.plan = material.plan(wishes);
    this.setup = setup;
    this.network = material.network(plan);
    this.loss = isOfClasses() ? Losses.crossEntropy() : Losses.meanSquaredError();
  }

  private boolean isOfClasses() {
    return material.target() instanceof Target.Classes;
  }

  public Plan plan() {
    return plan;
  }

  /** Does it; a report is left also where that fails. */
  public Outcome run(Consumer<Event> listener) {
    try {
      return trained(listener);
    } catch (RuntimeException e) {
      reportFailure(e);
      throw e;
    }
  }

  private Outcome trained(Consumer<Event> listener) {
    Probe probe = Probe.of(network, loss, material.training());
    Trainer trainer = trainer().telling(this::remember).telling(listener).telling(probe);
    Trained trained =
        setup.resumes()
            ? trainer.resume(material.training(), material.validation())
            : trainer.fit(material.training(), material.validation());
    Result result = Testing.of(material, trained);
    Diagnosis diagnosis = Diagnosis.of(trained, probe, material.training(), material.validation());
    Optional<Importance> importance = material.importance(trained::predict);
    Summary summary = Summary.of(network, material.inputShape());
    Report report = report(status(trained)).with(result).with(summary).with(diagnosis);
    Path file = setup.folder().resolve(REPORT);
    WholeFile.write(file, importance.map(report::with).orElse(report).html());
    return new Outcome(trained, plan, summary, result, diagnosis, importance, file, seconds());
  }

  private Trainer trainer() {
    Trainer trainer =
        Trainer.of(network, loss)
            .learner(plan.learner())
            .batch(plan.batch())
            .epochs(plan.epochs())
            .earlyStopping(plan.patience())
            .metrics(isOfClasses() ? Metric.accuracy() : Metric.r2())
            .seed(setup.seed())
            .describing(this::described)
            .in(setup.folder());
    return setup.threads().isPresent() ? trainer.threads(setup.threads().getAsInt()) : trainer;
  }

  /** How the model came to be, so that it can be made again. */
  private SavedModel described(SavedModel saved) {
    JsonObject settings = JsonObject.empty();
    for (var setting : plan.settings().entrySet()) {
      settings = settings.with(setting.getKey(), setting.getValue());
    }
    return material
        .described(saved)
        .with(
            "made",
            JsonObject.empty()
                .with("title", material.title())
                .with("date", began.toOffsetDateTime().toString())
                .with("version", setup.version())
                .with("seed", Json.number(setup.seed()))
                .with("settings", settings)
                .with(
                    "command",
                    new JsonArray(setup.command().stream().<Json>map(JsonString::new).toList())));
  }

  private void remember(Event event) {
    switch (event) {
      case Event.Began it -> {
        epochs.clear();
        epochs.addAll(it.history());
      }
      case Event.Epoch it -> epochs.add(it);
      case Event.Step _, Event.Saved _, Event.Damaged _, Event.Ended _ -> {}
    }
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  // What is written down.

  private Status status(Trained trained) {
    int last = trained.history().size();
    return switch (trained.ending()) {
      case DONE -> new Status.Finished("after epoch %d".formatted(last));
      case EARLY ->
          new Status.Finished(
              "stopped early after epoch %d: the best was %d".formatted(last, trained.bestEpoch()));
      case STOPPED -> new Status.Stopped("go on with: " + resumeCommand());
    };
  }

  /** What goes on with the run. */
  public String resumeCommand() {
    return Shell.command(List.of("./cajal", "resume", setup.folder().toString()));
  }

  /** What the model says of data; the folder's name may be any. */
  public String predictCommand() {
    return Shell.command(List.of("./cajal", "predict", setup.folder().toString(), setup.data()));
  }

  private void reportFailure(RuntimeException failure) {
    try {
      Status failed = new Status.Failed(String.valueOf(failure.getMessage()));
      WholeFile.write(setup.folder().resolve(REPORT), report(failed).html());
    } catch (RuntimeException other) {
      failure.addSuppressed(other);
    }
  }

  private Report report(Status status) {
    int best = 0;
    for (Event.Epoch epoch : epochs) {
      best = epoch.isBest() ? epoch.number() : best;
    }
    return Report.of(
        new Run(material.title(), setup.name(), began, setup.version(), status),
        material.data(),
        new Training(isOfClasses() ? "cross-entropy" : "mean squared error", epochs, best),
        recipe());
  }

  private Recipe recipe() {
    SequencedMap<String, String> settings = new LinkedHashMap<>(plan.settings());
    settings.put("seed", "" + setup.seed());
    SequencedMap<String, String> surroundings = new LinkedHashMap<>();
    surroundings.put("cajal", setup.version());
    surroundings.put("Java", System.getProperty("java.version", ""));
    surroundings.put(
        "system", System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""));
    surroundings.put("cores", "" + Runtime.getRuntime().availableProcessors());
    setup.threads().ifPresent(threads -> surroundings.put("threads", "" + threads));
    surroundings.put("time", String.format(Locale.ROOT, "%.1f s", seconds()));
    SequencedMap<String, String> files = new LinkedHashMap<>();
    files.put("model.json", "the network as an expression, and what becomes of columns");
    files.put("model.safetensors", "its weights");
    files.put("history.csv", "a line for each epoch");
    files.put("checkpoints", "what it takes to go on");
    return new Recipe(
        List.of(Shell.command(setup.command())),
        List.of(predictCommand()),
        settings,
        surroundings,
        files);
  }
}
