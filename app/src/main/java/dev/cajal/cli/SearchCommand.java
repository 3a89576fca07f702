package dev.cajal.cli;

import dev.cajal.json.Json;
import dev.cajal.json.JsonArray;
import dev.cajal.json.JsonObject;
import dev.cajal.search.Outcome;
import dev.cajal.search.Results;
import dev.cajal.search.Search;
import dev.cajal.search.Setting;
import dev.cajal.search.Trial;
import dev.cajal.train.Trainer;
import dev.cajal.workbench.Material;
import dev.cajal.workbench.NetworkSearch;
import dev.cajal.workbench.Shell;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cajal search}: which network and which training do best on some data. */
@Command(
    name = "search",
    sortOptions = false,
    description = "Look for the network, and the training of it, that do best on your data.",
    footer = {
      "",
      "Killed at any moment, the same command goes on where it was (with the same --name)."
    })
final class SearchCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Try so many settings, at random. Default: ${DEFAULT-VALUE}.")
  private int trials = 20;

  @Option(
      names = "--hyperband",
      paramLabel = "EPOCHS",
      description = "Let many begin, and those that do well go on for up to so many epochs.")
  private @Nullable Integer hyperband;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How long each is trained at most. Default: ${DEFAULT-VALUE}.")
  private int epochs = 50;

  @Override
  public void run() {
    data.require(spec.commandLine());
    run.require(spec.commandLine());
    PrintWriter out = spec.commandLine().getOut();
    Path folder =
        run.name == null
            ? run.folder(data.sql == null ? data.data : "query", "-search")
            : run.out.resolve(run.name);
    Material material = data.material(run.seed, Path.of(System.getProperty("java.io.tmpdir", ".")));
    var networks = new NetworkSearch(material, epochs);
    Search search =
        Search.of(networks.space(), setting -> threaded(networks.trainer(setting)))
            .seed(run.seed)
            .in(folder);
    if (!run.quiet) {
      search = search.telling(trial -> System.err.println(told(trial)));
    }
    Results results =
        (hyperband == null ? search.random(trials) : search.hyperband(hyperband))
            .resume(material.training(), material.validation());
    if (run.json) {
      out.println(json(results, folder).pretty());
      return;
    }
    out.println(results);
    results
        .best()
        .ifPresent(best -> {
          out.println("all of them   %s".formatted(folder.resolve("trials.svg")));
          out.println("train it      %s".formatted(Shell.command(command(best.setting()))));
        });
  }

  private Trainer threaded(Trainer trainer) {
    return run.threads().isPresent() ? trainer.threads(run.threads().getAsInt()) : trainer;
  }

  private static String told(Trial trial) {
    String how =
        switch (trial.outcome()) {
          case Outcome.Scored its -> String.format(Locale.ROOT, "%.4g", its.score());
          case Outcome.Failed its -> its.reason();
        };
    return "trial %d: %s  %s".formatted(trial.number(), how, trial.setting());
  }

  /** What trains a network of such a setting. */
  private List<String> command(Setting setting) {
    var words = new ArrayList<>(List.of("./cajal", "train"));
    words.addAll(data.words());
    words.addAll(List.of("--seed", "" + run.seed));
    NetworkSearch.options(setting).forEach((name, value) -> words.addAll(List.of(name, value)));
    return words;
  }

  private JsonObject json(Results results, Path folder) {
    return JsonObject.empty()
        .with("run", folder.toString())
        .with("seed", Json.number(run.seed))
        .with(
            "trials",
            new JsonArray(results.trials().stream().<Json>map(SearchCommand::json).toList()));
  }

  private static JsonObject json(Trial trial) {
    JsonObject settings = JsonObject.empty();
    for (var value : trial.setting().values().entrySet()) {
      settings = settings.with(value.getKey(), value.getValue());
    }
    JsonObject all =
        JsonObject.empty().with("trial", Json.number(trial.number())).with("setting", settings);
    return switch (trial.outcome()) {
      case Outcome.Scored its -> all.with("score", Json.number(its.score()));
      case Outcome.Failed its -> all.with("failed", its.reason());
    };
  }
}
