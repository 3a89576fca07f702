package dev.cajal.workbench;

import dev.cajal.nn.Activation;
import dev.cajal.optim.GradientRule;
import dev.cajal.optim.Learner;
import dev.cajal.optim.Optimizer;
import dev.cajal.optim.Optimizers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/** How a network is made and trained, in all: what was asked, and the rest by the data. */
public record Plan(
    List<Integer> hidden,
    Activation activation,
    double dropout,
    boolean convolutions,
    String optimizer,
    double rate,
    double decay,
    int batch,
    int epochs,
    int patience) {
  /** With fewer samples one layer learns what holds for others as well. */
  private static final int FEW = 5000;

  /** So many numbers of a row are places, or times. */
  private static final int SHAPE = 3;

  /** So many steps make an epoch of a small table: few samples are learned from slowly. */
  private static final int STEPS = 40;

  /** An epoch of more samples is many steps: who learned nothing in a few of them is done. */
  private static final int MANY = 200_000;

  private static final SequencedMap<String, DoubleFunction<Optimizer>> OPTIMIZERS =
      new LinkedHashMap<>();

  static {
    OPTIMIZERS.put("sgd", Optimizers.Sgd::new);
    OPTIMIZERS.put("momentum", Optimizers.Momentum::new);
    OPTIMIZERS.put("nesterov", Optimizers.Nesterov::new);
    OPTIMIZERS.put("adagrad", Optimizers.AdaGrad::new);
    OPTIMIZERS.put("adadelta", rate -> new Optimizers.AdaDelta(rate, 0.9, 1e-6));
    OPTIMIZERS.put("rmsprop", Optimizers.RmsProp::new);
    OPTIMIZERS.put("adam", Optimizers.Adam::new);
    OPTIMIZERS.put("adamax", Optimizers.AdaMax::new);
    OPTIMIZERS.put("nadam", Optimizers.Nadam::new);
    OPTIMIZERS.put("adamw", Optimizers.AdamW::new);
    OPTIMIZERS.put("amsgrad", Optimizers.AmsGrad::new);
    OPTIMIZERS.put("lion", Optimizers.Lion::new);
  }

  /** Rates that do for most networks, where it is not Adam's. */
  private static final Map<String, Double> RATES =
      Map.of(
          "sgd",
          0.05,
          "momentum",
          0.02,
          "nesterov",
          0.02,
          "adagrad",
          0.02,
          "adadelta",
          1.0,
          "lion",
          2e-4);

  public Plan {
    hidden = List.copyOf(hidden);
  }

  /** What was asked, and of the rest what does for so many rows of so many numbers. */
  static Plan ofTable(Wishes wishes, int samples, int width) {
    // A curve in a plane takes two layers to bend it, and every unit; more numbers say less each.
    boolean isShape = width <= SHAPE;
    List<Integer> hidden =
        isShape ? List.of(128, 128) : samples < FEW ? List.of(256) : List.of(256, 256);
    int batch = Math.clamp(samples / STEPS, 16, 256);
    int patience = samples > MANY ? 3 : isShape ? 50 : 20;
    return usual(hidden, isShape ? 0 : 0.2, false, batch, 1000, patience).with(wishes);
  }

  /** What was asked, and of the rest what does for pictures. */
  static Plan ofPictures(Wishes wishes, boolean convolutions) {
    boolean areThere = wishes.convolutions().orElse(convolutions);
    return usual(List.of(areThere ? 64 : 128), areThere ? 0 : 0.2, areThere, 64, 30, 5)
        .with(wishes);
  }

  private static Plan usual(
      List<Integer> hidden,
      double dropout,
      boolean convolutions,
      int batch,
      int epochs,
      int patience) {
    return new Plan(
        hidden,
        Activation.RELU,
        dropout,
        convolutions,
        "adamw",
        0.001,
        0.01,
        batch,
        epochs,
        patience);
  }

  private Plan with(Wishes wishes) {
    String its = wishes.optimizer().orElse(optimizer);
    return new Plan(
        wishes.hidden().orElse(hidden),
        wishes.activation().orElse(activation),
        wishes.dropout().orElse(dropout),
        wishes.convolutions().orElse(convolutions),
        its,
        wishes.rate().orElse(RATES.getOrDefault(its, rate)),
        wishes.decay().orElse(its.equals("adamw") ? decay : 0),
        wishes.batch().orElse(batch),
        wishes.epochs().orElse(epochs),
        wishes.patience().orElse(patience));
  }

  /** The names of optimizers. */
  public static List<String> optimizers() {
    return List.copyOf(OPTIMIZERS.keySet());
  }

  Learner learner() {
    DoubleFunction<Optimizer> its = OPTIMIZERS.get(optimizer);
    if (its == null) {
      throw new IllegalArgumentException(
          "there is no optimizer \"%s\"; there are %s"
              .formatted(optimizer, String.join(", ", OPTIMIZERS.keySet())));
    }
    if (optimizer.equals("adamw")) {
      return Learner.of(new Optimizers.AdamW(rate, decay));
    }
    Learner learner = Learner.of(its.apply(rate));
    return decay > 0 ? learner.with(GradientRule.l2(decay)) : learner;
  }

  /** All of it, by name, as options have it. */
  public SequencedMap<String, String> settings() {
    SequencedMap<String, String> all = new LinkedHashMap<>();
    all.put("hidden", hidden.stream().map(String::valueOf).collect(Collectors.joining(",")));
    all.put("activation", activation.toString().toLowerCase(Locale.ROOT));
    all.put("dropout", "" + dropout);
    if (convolutions) {
      all.put("conv", "yes");
    }
    all.put("optimizer", optimizer);
    all.put("lr", "" + rate);
    all.put("l2", "" + decay);
    all.put("batch", "" + batch);
    all.put("epochs", "" + epochs);
    all.put("patience", "" + patience);
    return all;
  }
}
