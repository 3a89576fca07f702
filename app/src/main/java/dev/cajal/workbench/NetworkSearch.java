package dev.cajal.workbench;

import dev.cajal.data.prepare.Target;
import dev.cajal.nn.Activation;
import dev.cajal.nn.Loss;
import dev.cajal.nn.Losses;
import dev.cajal.search.Dimension;
import dev.cajal.search.Setting;
import dev.cajal.search.Space;
import dev.cajal.train.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * What may be tried of networks for some material.
 *
 * @param epochs how long each is trained at most
 */
public record NetworkSearch(Material material, int epochs) {
  private static final int DEEPEST = 3;

  /** Rate, batch, depth, widths, activation, dropout and decay. */
  public Space space() {
    var all = new ArrayList<Dimension>();
    all.add(Dimension.logUniform("lr", 1e-4, 2e-2));
    all.add(Dimension.choice("batch", 16, 32, 64, 128));
    all.add(Dimension.integer("depth", 1, DEEPEST));
    for (int layer = 1; layer <= DEEPEST; layer++) {
      all.add(Dimension.logInteger("width" + layer, 16, 512).onlyIfAtLeast("depth", layer));
    }
    all.add(Dimension.choice("activation", Activation.RELU, Activation.TANH, Activation.SILU));
    all.add(Dimension.uniform("dropout", 0, 0.5));
    all.add(Dimension.logUniform("l2", 1e-5, 1e-1));
    return Space.of(all.toArray(Dimension[]::new));
  }

  /** A trainer of a network of a setting. */
  public Trainer trainer(Setting setting) {
    Plan usual = material.plan(Wishes.none());
    Plan plan =
        new Plan(
            hidden(setting),
            Activation.of(setting.text("activation")),
            setting.number("dropout"),
            usual.convolutions(),
            "adamw",
            setting.number("lr"),
            setting.number("l2"),
            setting.integer("batch"),
            epochs,
            usual.patience());
    boolean isOfClasses = material.target() instanceof Target.Classes;
    Loss loss = isOfClasses ? Losses.crossEntropy() : Losses.meanSquaredError();
    return Trainer.of(material.network(plan), loss)
        .learner(plan.learner())
        .batch(plan.batch())
        .epochs(epochs)
        .earlyStopping(plan.patience());
  }

  private static List<Integer> hidden(Setting setting) {
    var hidden = new ArrayList<Integer>();
    for (int layer = 1; layer <= setting.integer("depth"); layer++) {
      hidden.add(setting.integer("width" + layer));
    }
    return hidden;
  }

  /** The options of {@code cajal train} that make a network of a setting. */
  public static SequencedMap<String, String> options(Setting setting) {
    SequencedMap<String, String> options = new LinkedHashMap<>();
    options.put(
        "--hidden", hidden(setting).stream().map(String::valueOf).collect(Collectors.joining(",")));
    for (String name : List.of("activation", "dropout", "lr", "l2", "batch")) {
      options.put("--" + name, setting.text(name));
    }
    return options;
  }
}
