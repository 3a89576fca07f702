package dev.cajal.search;

import dev.cajal.nn.Activation;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Dropout;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Loss;
import dev.cajal.nn.Sequential;
import dev.cajal.optim.GradientRule;
import dev.cajal.optim.Learner;
import dev.cajal.optim.Optimizers.AdamW;
import dev.cajal.optim.Optimizers.Momentum;
import dev.cajal.optim.Optimizers.RmsProp;
import dev.cajal.train.Trainer;
import java.util.ArrayList;

/**
 * Networks of dense layers, and what there is to be set about them and their training.
 *
 * <pre>{@code
 * Networks networks = new Networks(4, 3, Losses.crossEntropy());
 * Search.of(networks.space(), networks::trainer).hyperband(81).run(training, validation);
 *
 * // Others, for longer:
 * Space space = networks.space()
 *     .with(Dimension.choice("optimizer", "adam"))
 *     .with(Dimension.logInteger("width1", 64, 1024));
 * Search.of(space, setting -> networks.trainer(setting).epochs(50).earlyStopping(5))
 *     .random(30).run(training, validation);
 * }</pre>
 *
 * @param inputs numbers of a sample
 * @param outputs what a network gives for it, without an activation
 */
public record Networks(int inputs, int outputs, Loss loss) {
  private static final int DEEPEST = 3;

  /**
   * The rate, the batch, the depth (how many hidden layers there are), the widths of those ({@code
   * width1} and so on), their activation, the optimizer, dropout after each, and the decay of
   * weights. A deeper one has more widths.
   */
  public Space space() {
    var dimensions = new ArrayList<Dimension>();
    dimensions.add(Dimension.logUniform("rate", 1e-4, 1e-1));
    dimensions.add(Dimension.choice("batch", 16, 32, 64, 128));
    dimensions.add(Dimension.integer("depth", 1, DEEPEST));
    for (int layer = 1; layer <= DEEPEST; layer++) {
      dimensions.add(Dimension.logInteger("width" + layer, 8, 256).onlyIfAtLeast("depth", layer));
    }
    dimensions.add(
        Dimension.choice("activation", Activation.RELU, Activation.TANH, Activation.SILU));
    dimensions.add(Dimension.choice("optimizer", "adam", "momentum", "rms-prop"));
    dimensions.add(Dimension.uniform("dropout", 0, 0.5));
    dimensions.add(Dimension.logUniform("decay", 1e-6, 1e-1));
    return new Space(dimensions);
  }

  /** A trainer of the network of a setting, for as many epochs as a trainer has. */
  public Trainer trainer(Setting setting) {
    return Trainer.of(model(setting), loss)
        .learner(learner(setting))
        .batch(setting.integer("batch"));
  }

  private Layer model(Setting setting) {
    Activation activation = Activation.of(setting.text("activation"));
    var layers = new ArrayList<Layer>();
    int width = inputs;
    for (int layer = 1; layer <= setting.integer("depth"); layer++) {
      int next = setting.integer("width" + layer);
      layers.add(new Dense(width, next, activation));
      layers.add(new Dropout(setting.number("dropout")));
      width = next;
    }
    layers.add(new Dense(width, outputs));
    return new Sequential(layers);
  }

  private static Learner learner(Setting setting) {
    double rate = setting.number("rate");
    double decay = setting.number("decay");
    return switch (setting.text("optimizer")) {
      case "adam" -> Learner.of(new AdamW(rate, decay));
      case "momentum" -> Learner.of(new Momentum(rate)).with(GradientRule.l2(decay));
      case "rms-prop" -> Learner.of(new RmsProp(rate)).with(GradientRule.l2(decay));
      default ->
          throw new IllegalArgumentException(
              "networks: the optimizer is adam, momentum or rms-prop, not "
                  + setting.text("optimizer"));
    };
  }
}
