package dev.cajal.diagnosis;

import dev.cajal.diagnosis.Networks.Recipe;
import dev.cajal.nn.Activation;
import dev.cajal.nn.Conv2d;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Flatten;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Loss;
import dev.cajal.nn.Losses;
import dev.cajal.nn.MaxPool;
import dev.cajal.nn.Sequential;
import dev.cajal.optim.Optimizer;
import dev.cajal.optim.Optimizers.Adam;
import dev.cajal.optim.Optimizers.AdamW;
import dev.cajal.optim.Optimizers.Momentum;
import dev.cajal.optim.Optimizers.RmsProp;
import dev.cajal.optim.Optimizers.Sgd;
import dev.cajal.train.Batch;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Healthy networks, and such as have one illness. Some are for choosing thresholds with, and others
 * for measuring what those are worth: on data and with networks that nothing was chosen with.
 *
 * @param isHeldOut which of the two
 */
record Patients(boolean isHeldOut) {
  private static final List<Activation> KNOWN =
      List.of(Activation.RELU, Activation.TANH, Activation.SIGMOID);
  private static final List<Activation> HELD_OUT =
      List.of(
          Activation.RELU,
          Activation.TANH,
          Activation.SIGMOID,
          Activation.LEAKY_RELU,
          Activation.GELU,
          Activation.ELU,
          Activation.SILU);

  private static <T> T any(SplittableRandom random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private SplittableRandom random(long seed) {
    return new SplittableRandom(seed * 77 + (isHeldOut ? 500_000 : 0));
  }

  private long seed(long seed) {
    return isHeldOut ? seed + 1000 : seed;
  }

  private List<DataSet> sets() {
    return isHeldOut
        ? List.of(
            DataSet.RINGS,
            DataSet.CHECKERS,
            DataSet.FRIEDMAN,
            DataSet.WAVES,
            DataSet.SPIRALS,
            DataSet.LINE)
        : List.of(DataSet.BLOBS, DataSet.SPIRALS, DataSet.MOONS, DataSet.LINE, DataSet.SINES);
  }

  static Loss loss(DataSet set) {
    return switch (set.classes) {
      case 0 -> Losses.meanSquaredError();
      case 2 -> Losses.binaryCrossEntropyFromLogits();
      default -> Losses.crossEntropy();
    };
  }

  // Healthy ones.

  /** Any. */
  Patient healthy(long seed) {
    SplittableRandom random = random(seed);
    int kind = random.nextInt(10);
    if (kind == 0) {
      return picture(seed);
    }
    if (kind == 1) {
      return text(seed);
    }
    Activation activation = any(random, isHeldOut ? HELD_OUT : KNOWN);
    int depth = activation == Activation.SIGMOID ? 1 : random.nextInt(1, isHeldOut ? 5 : 4);
    Recipe recipe = Recipe.of(activation, depth, isHeldOut ? random.nextInt(20, 80) : 32);
    if (random.nextInt(5) == 0) {
      recipe = recipe.withBatchNorm();
    } else if (random.nextInt(5) == 0) {
      recipe = recipe.withDropout(random.nextDouble(0.05, 0.2));
    }
    DataSet set = any(random, sets());
    if (set.classes == 0) {
      // Small networks that give numbers under-fit by it.
      recipe = recipe.withDropout(0);
    }
    return optimized(random, dense(set, recipe, seed));
  }

  private static Patient optimized(SplittableRandom random, Patient patient) {
    if (patient.name().contains("sigmoid")) {
      // They are slow.
      return patient.with(new Adam(0.03)).lasting(150, random.nextInt(2) * 40);
    }
    boolean stopsEarly = random.nextBoolean();
    Patient it =
        switch (random.nextInt(5)) {
          case 0 -> patient.with(new AdamW(0.01)).lasting(80, 0);
          case 1 -> patient.with(new RmsProp(0.003)).lasting(80, 0);
          case 2 -> patient.with(new Momentum(0.01)).lasting(120, 0);
          default -> patient;
        };
    return stopsEarly ? it.lasting(it.epochs(), 20) : it;
  }

  /** Of dense layers, by Adam. */
  Patient dense(DataSet set, Recipe recipe, long seed) {
    String name =
        "%s %s %dx%d%s%s"
            .formatted(
                set,
                recipe.activation(),
                recipe.depth(),
                recipe.width(),
                recipe.hasBatchNorm() ? " norm" : "",
                recipe.dropout() > 0 ? " dropout" : "");
    return new Patient(
        name,
        Optional.empty(),
        recipe.network(set.features, set.outputs()),
        loss(set),
        new Adam(0.01),
        set.draw(800, seed(seed), 1),
        set.draw(400, seed(seed), 2),
        80,
        0,
        seed(seed));
  }

  /** A convolutional one: crosses, squares and stripes in small images. */
  Patient picture(long seed) {
    int size = isHeldOut ? 10 : 8;
    Layer model =
        Sequential.of(
            new Conv2d(1, 8, 3, Activation.RELU),
            MaxPool.of(2, 2),
            new Conv2d(8, 8, 3, isHeldOut ? Activation.TANH : Activation.RELU),
            new Flatten(),
            new Dense(8 * (size / 2) * (size / 2), 3));
    return new Patient(
        "pictures",
        Optional.empty(),
        model,
        Losses.crossEntropy(),
        new Adam(0.003),
        Pictures.draw(400, size, seed(seed)),
        Pictures.draw(200, size, seed(seed) + 7777),
        15,
        0,
        seed(seed));
  }

  /** One of words: which of two kinds of them is more frequent. */
  Patient text(long seed) {
    boolean reads = random(seed).nextInt(3) == 0;
    Layer model = reads ? new Networks.Reader(12, 16, 2) : new Networks.Bag(12, 16, 2);
    return new Patient(
        reads ? "recurrent" : "bag of words",
        Optional.empty(),
        model,
        Losses.crossEntropy(),
        new Adam(0.01),
        Pictures.words(600, isHeldOut ? 9 : 7, seed(seed)),
        Pictures.words(300, isHeldOut ? 9 : 7, seed(seed) + 7777),
        20,
        0,
        seed(seed));
  }

  // Ill ones.

  /** One that has an illness. */
  Patient ill(Illness illness, long seed) {
    SplittableRandom random = random(seed + 100);
    DataSet set = any(random, sets());
    Activation smooth = random.nextBoolean() ? Activation.TANH : Activation.RELU;
    int depth = random.nextInt(1, 4);
    int width = isHeldOut ? random.nextInt(20, 60) : 32;
    Recipe usual = Recipe.of(smooth, depth, width);
    Patient patient =
        switch (illness) {
          case RATE_TOO_HIGH -> tooFast(set, random, seed);
          case RATE_TOO_LOW -> tooSlow(dense(set, usual, seed), random);
          case EXPLODING_GRADIENTS -> {
            Activation kink =
                isHeldOut
                    ? any(random, List.of(Activation.LEAKY_RELU, Activation.ELU, Activation.RELU))
                    : Activation.RELU;
            yield dense(set, Recipe.of(kink, random.nextInt(3, 7), width).withWeights(10), seed);
          }
          case VANISHING_GRADIENTS ->
              dense(
                  set,
                  isHeldOut && random.nextBoolean()
                      ? Recipe.of(Activation.TANH, random.nextInt(8, 12), width).withWeights(0.3)
                      : Recipe.of(Activation.SIGMOID, random.nextInt(8, 12), width)
                          .withWeights(0.5),
                  seed);
          case DEAD_RELUS ->
              dense(set, Recipe.of(Activation.RELU, depth, width).withBias(-10), seed);
          case SATURATED_SIGMOIDS ->
              scaled(
                  dense(
                      set,
                      Recipe.of(Activation.SIGMOID, isHeldOut ? random.nextInt(1, 3) : 1, width),
                      seed),
                  100);
          case SATURATED_TANHS ->
              scaled(dense(set, Recipe.of(Activation.TANH, depth, width), seed), 100);
          case UNDER_FITTING -> {
            DataSet hard =
                any(
                    random,
                    isHeldOut
                        ? List.of(DataSet.RINGS, DataSet.CHECKERS, DataSet.WAVES)
                        : List.of(DataSet.SPIRALS, DataSet.SINES));
            yield dense(hard, Recipe.of(Activation.RELU, 0, 0), seed);
          }
          case OVER_FITTING ->
              tooFew(set, Recipe.of(smooth, random.nextInt(2, 4), 200), random, seed);
          case CLASSES_NEVER_PREDICTED -> {
            DataSet some =
                any(
                    random,
                    isHeldOut
                        ? List.of(DataSet.CHECKERS, DataSet.SPIRALS, DataSet.RINGS)
                        : List.of(DataSet.BLOBS, DataSet.SPIRALS, DataSet.MOONS));
            yield Spoilt.withRareClass(dense(some, usual, seed), some, 0.04, width, seed(seed))
                .lasting(80, 15);
          }
          case LEAKING_FEATURES -> {
            Patient it = dense(set, usual, seed);
            yield it.with(usual.network(set.features + 1, set.outputs()))
                .with(Spoilt.leaking(it.training(), 1), Spoilt.leaking(it.validation(), 2));
          }
          case CONSTANT_FEATURES -> {
            Patient it = dense(set, usual, seed);
            yield it.with(usual.network(set.features + 1, set.outputs()))
                .with(
                    Spoilt.withColumn(it.training(), _ -> 0.7),
                    Spoilt.withColumn(it.validation(), _ -> 0.7));
          }
          case VALIDATION_EASIER -> easier(random, isHeldOut, set, usual, seed);
        };
    return patient.ill(illness);
  }

  /** With a rate with which it does much worse than with a usual one: some networks stand a lot. */
  private Patient tooFast(DataSet set, SplittableRandom random, long seed) {
    while (true) {
      Activation activation = random.nextBoolean() ? Activation.TANH : Activation.RELU;
      Recipe recipe =
          Recipe.of(activation, random.nextInt(1, 4), isHeldOut ? random.nextInt(20, 60) : 32);
      Optimizer optimizer =
          switch (random.nextInt(3)) {
            case 0 -> new Adam(random.nextBoolean() ? 0.1 : 0.3);
            case 1 -> new Momentum(random.nextBoolean() ? 0.3 : 1);
            default -> new Sgd(random.nextBoolean() ? 2 : 6);
          };
      Patient usual = dense(set, recipe, seed).lasting(40, 0);
      Patient fast = dense(set, recipe, seed).lasting(40, 0).with(optimizer);
      double reached = lastLoss(usual.train());
      if (!(lastLoss(fast.train()) < 2 * reached)) {
        // The networks have learned already: others that have not.
        return dense(set, recipe, seed).lasting(40, 0).with(optimizer);
      }
    }
  }

  /** Infinite of a run that broke off. */
  private static double lastLoss(Patient.Chart chart) {
    return chart
        .trained()
        .map(trained -> Curves.end(Curves.of(trained.history()).training()))
        .orElse(Double.POSITIVE_INFINITY);
  }

  private Patient tooSlow(Patient patient, SplittableRandom random) {
    Optimizer optimizer =
        switch (random.nextInt(3)) {
          case 0 -> new Adam(1e-5);
          case 1 -> new Momentum(1e-5);
          default -> new RmsProp(3e-6);
        };
    return patient.with(optimizer).lasting(40, 0);
  }

  private static Patient scaled(Patient patient, double times) {
    return patient.with(
        Spoilt.scaled(patient.training(), times), Spoilt.scaled(patient.validation(), times));
  }

  private Patient tooFew(DataSet set, Recipe recipe, SplittableRandom random, long seed) {
    Patient patient = dense(set, recipe, seed);
    int few = isHeldOut ? random.nextInt(15, 30) : 20;
    return patient
        .with(
            Spoilt.noisy(patient.training().part(0, few), 5), Spoilt.noisy(patient.validation(), 6))
        .with(new Adam(0.003))
        .lasting(400, 0);
  }

  private Patient easier(
      SplittableRandom random, boolean heldOut, DataSet set, Recipe recipe, long seed) {
    Patient patient = dense(set, recipe, seed);
    if (random.nextBoolean()) {
      int half = patient.validation().size() / 2;
      Batch copies = patient.training().part(0, half);
      return patient.with(
          patient.training(), Spoilt.joined(copies, patient.validation().part(half, 2 * half)));
    }
    DataSet noisy = heldOut ? DataSet.RINGS : DataSet.MOONS;
    Patient its = dense(noisy, recipe, seed);
    return its.with(Spoilt.noisy(its.training(), 5), its.validation()).lasting(60, 20);
  }
}
