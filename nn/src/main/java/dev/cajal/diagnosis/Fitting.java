package dev.cajal.diagnosis;

import static dev.cajal.diagnosis.Illness.OVER_FITTING;
import static dev.cajal.diagnosis.Illness.UNDER_FITTING;
import static dev.cajal.diagnosis.Illness.VALIDATION_EASIER;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether the network learned too little, or too much, and whether that can be told at all. */
record Fitting(Chart chart) implements Examination {
  /** How many deviations of what chance does make it something else. */
  private static final double SURE = 4;

  /** By what part of its best the validation loss must have risen to be worth a word. */
  private static final double RISE = 0.25;

  /** And by what part of the loss of the best constant, lest small losses are compared. */
  private static final double MATTERS = 0.1;

  /** Who is better than the best constant by less has learned nearly nothing. */
  private static final double NEARLY_NOTHING = 0.1;

  /** How much easier validation samples must be, besides surely. */
  private static final double EASIER = 0.2;

  /** What is learned from fewer samples tells nothing of a network. */
  private static final int FEWEST = 10;

  @Override
  public Set<Illness> examined() {
    var looked = EnumSet.noneOf(Illness.class);
    if (isValidated()) {
      looked.add(OVER_FITTING);
    }
    training().ifPresent(_ -> looked.add(UNDER_FITTING));
    chart.validation().ifPresent(_ -> looked.add(VALIDATION_EASIER));
    return looked;
  }

  private boolean isValidated() {
    return chart.curves().isCurve()
        && chart.curves().validation().length > 0
        && isEnough(chart.training())
        && isEnough(chart.validation());
  }

  /** Of curves alone nobody knows of how many samples they are. */
  private static boolean isEnough(Optional<Outcome> samples) {
    return samples.map(its -> its.size() >= FEWEST).orElse(true);
  }

  private Optional<Outcome> training() {
    return chart.training().filter(its -> its.size() >= FEWEST);
  }

  @Override
  public List<Finding> findings() {
    var found = new ArrayList<Finding>();
    if (isValidated()) {
      rising().or(this::apart).ifPresent(found::add);
    }
    training()
        .flatMap(this::nearlyConstant)
        .or(() -> training().flatMap(WorseThanNeighbours::look))
        .ifPresent(found::add);
    chart.validation().flatMap(this::easier).ifPresent(found::add);
    return found;
  }

  /** The validation loss rises while the training loss falls. */
  private Optional<Finding> rising() {
    double[] validation = chart.curves().validation();
    double[] training = chart.curves().training();
    int best = Curves.best(validation);
    double least = validation[best];
    double end = Curves.end(validation);
    double rise = end - least;
    boolean isLarge = rise > RISE * least && rise > MATTERS * chart.scale();
    boolean isSure = rise > SURE * Curves.noise(validation);
    if (!isLarge || !isSure || Curves.end(training) > training[best]) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            OVER_FITTING,
            String.format(
                Locale.ROOT,
                "the validation loss rose from %.3g in epoch %d to %.3g, while the training loss"
                    + " fell from %.3g to %.3g",
                least,
                best + 1,
                end,
                training[best],
                Curves.end(training)),
            Numbers.of("best epoch", best + 1)
                .and("best validation loss", least)
                .and("last validation loss", end)
                .and("last training loss", Curves.end(training))));
  }

  /** The training loss is small and the validation loss stays large. */
  private Optional<Finding> apart() {
    double training = Curves.end(chart.curves().training());
    double validation = Curves.end(chart.curves().validation());
    double scale = chart.scale();
    boolean isFitted = training < (1 - RISE) * scale;
    boolean isApart = validation > 2 * training && validation - training > 2 * MATTERS * scale;
    boolean isSure =
        validation - training > SURE * chart.validation().map(Fitting::error).orElse(0.0);
    if (!isFitted || !isApart || !isSure) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            OVER_FITTING,
            String.format(
                Locale.ROOT,
                "at the end the training loss is %.3g and the validation loss %.3g, where %.3g is"
                    + " that of a constant",
                training,
                validation,
                scale),
            Numbers.of("last training loss", training)
                .and("last validation loss", validation)
                .and("loss of a constant", scale)));
  }

  /** How sure a mean of losses is. */
  private static double error(Outcome outcome) {
    double[] losses = outcome.losses();
    return Math.sqrt(Numbers.variance(losses) / losses.length);
  }

  private Optional<Finding> nearlyConstant(Outcome training) {
    // The best epoch may be an early one, of a run that learned more.
    double[] curve = chart.curves().training();
    double loss =
        curve.length == 0 ? training.mean() : Math.min(training.mean(), Curves.end(curve));
    double constant = chart.constant().map(Constant::loss).orElse(Double.NaN);
    if (!(loss > (1 - NEARLY_NOTHING) * constant)) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            UNDER_FITTING,
            String.format(
                Locale.ROOT,
                "the training loss is %.3g, and that of the best constant answer %.3g",
                loss,
                constant),
            Numbers.of("training loss", loss).and("loss of a constant", constant)));
  }

  /** Without dropout on either side, so that it is only the samples that differ. */
  private Optional<Finding> easier(Outcome validation) {
    return chart
        .training()
        .flatMap(
            training -> Twins.look(training, validation).or(() -> easier(training, validation)));
  }

  private Optional<Finding> easier(Outcome training, Outcome validation) {
    double[] a = training.losses();
    double[] b = validation.losses();
    double variance =
        (Numbers.variance(a) * a.length + Numbers.variance(b) * b.length) / (a.length + b.length);
    double error = Math.sqrt(variance * (1.0 / a.length + 1.0 / b.length));
    double gap = training.mean() - validation.mean();
    boolean isLarge = gap > EASIER * training.mean() && gap > MATTERS / 2 * chart.scale();
    if (!isLarge || gap < SURE * error) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
                VALIDATION_EASIER,
                String.format(
                    Locale.ROOT,
                    "without dropout the mean loss of validation samples is %.3g and that of"
                        + " training samples %.3g, %.1f standard errors more",
                    validation.mean(),
                    training.mean(),
                    gap / error),
                Numbers.of("validation loss", validation.mean())
                    .and("training loss", training.mean())
                    .and("standard errors", gap / error))
            .innate(true));
  }
}
