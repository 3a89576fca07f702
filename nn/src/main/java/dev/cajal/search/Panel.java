package dev.cajal.search;

import java.util.List;
import java.util.stream.IntStream;

/** The scores over one dimension. */
final class Panel {
  private static final double HEIGHT = 150;
  private static final double INSET = 12;

  /** Values that are few are drawn beside one another, so that none hides another. */
  private static final int FEW = 8;

  private static final double GOLDEN = 0.6180339887;
  private static final double LETTER = 6.6;

  private final Progress progress;
  private final Dimension dimension;
  private final Axis scores;
  private final double width;
  private final boolean hasLabels;

  Panel(Progress progress, Dimension dimension, Axis scores, double width, boolean hasLabels) {
    this.progress = progress;
    this.dimension = dimension;
    this.scores = scores;
    this.width = width;
    this.hasLabels = hasLabels;
  }

  void draw(Svg svg) {
    svg.text("name", 0, 0, dimension.name());
    scores(svg);
    values(svg);
    List<Trial> shown =
        progress.ranked().reversed().stream()
            .filter(trial -> trial.setting().has(dimension.name()))
            .toList();
    shown.forEach(trial -> draw(trial, svg));
    progress.best().filter(shown::contains).ifPresent(best -> mark(best, svg));
  }

  private void scores(Svg svg) {
    for (Axis.Tick tick : scores.ticks()) {
      double y = y(tick.part());
      svg.line("grid", 0, y, width, y);
      if (hasLabels) {
        svg.text("end", -8, y + 4, tick.label());
      }
    }
  }

  private void values(Svg svg) {
    double y = y(0);
    svg.line("axis", 0, y, width, y);
    for (Axis.Tick tick : ticks()) {
      double x = x(tick.part());
      svg.line("axis", x, y, x, y + 4);
      svg.text("middle", x, y + 18, tick.label());
    }
  }

  private List<Axis.Tick> ticks() {
    return switch (dimension.range()) {
      case Range.Numbers(double low, double high, Scale scale) ->
          new Axis(scale, low, high).ticks();
      case Range.Integers(int low, int high, Scale _) when count() <= FEW ->
          IntStream.rangeClosed(low, high).mapToObj(it -> tick("" + it)).toList();
      case Range.Integers(int low, int high, Scale scale) ->
          new Axis(scale, low, high)
              .ticks().stream().filter(tick -> !tick.label().contains(".")).toList();
      case Range.Options(List<String> values) -> values.stream().map(this::tick).toList();
    };
  }

  private Axis.Tick tick(String value) {
    int letters = Math.max(3, (int) (width / count() / LETTER));
    String label = value.length() <= letters ? value : value.substring(0, letters - 1) + "…";
    return new Axis.Tick(part(value), label);
  }

  private double part(String value) {
    return dimension.range() instanceof Range.Integers(int low, _, _) && count() <= FEW
        ? (Integer.parseInt(value) - low + 0.5) / count()
        : dimension.range().part(value);
  }

  /** Of how many values there is one, where they are few. */
  private int count() {
    return switch (dimension.range()) {
      case Range.Numbers _ -> Integer.MAX_VALUE;
      case Range.Integers(int low, int high, Scale _) -> high - low + 1;
      case Range.Options(List<String> values) -> values.size();
    };
  }

  private void draw(Trial trial, Svg svg) {
    double x = x(trial);
    String said = "trial %d: %s".formatted(trial.number(), trial.setting());
    switch (trial.outcome()) {
      case Outcome.Failed(String reason) ->
          // Beyond the worst: where that is depends on the goal.
          svg.cross(
              "failed",
              x,
              progress.goal().isBetterLarger() ? y(0) - 5 : y(1) + 5,
              "%s: %s".formatted(said, reason));
      case Outcome.Scored(double score, _, int epochs, _) -> {
        double part = scores.part(score);
        svg.circle(
            part < 0 || part > 1 ? "beyond" : "trial",
            x,
            y(Math.clamp(part, 0.0, 1.0)),
            radius(epochs),
            "%s: %s, %d epochs".formatted(said, Digits.brief(score), epochs));
      }
    }
  }

  private void mark(Trial best, Svg svg) {
    double x = x(best);
    double score = ((Outcome.Scored) best.outcome()).score();
    double y = y(scores.part(score));
    svg.line("drop", x, y, x, y(0));
    svg.circle("best", x, y, 4.5, "the best");
    svg.circle("ring", x, y, 8, "the best");
    svg.text("value end", width, 0, best.setting().text(dimension.name()));
  }

  /** Larger, the longer it was trained. */
  private double radius(int epochs) {
    int most =
        progress.trials().stream()
            .mapToInt(
                trial -> trial.outcome() instanceof Outcome.Scored scored ? scored.epochs() : 1)
            .max()
            .orElse(1);
    return most <= 1 ? 4 : 2.6 + 2.4 * Math.log(Math.max(1, epochs)) / Math.log(most);
  }

  private double x(Trial trial) {
    double x = x(part(trial.setting().text(dimension.name())));
    if (count() > FEW) {
      return x;
    }
    double aside = trial.number() * GOLDEN % 1 - 0.5;
    return x + aside * 0.5 * (width - 2 * INSET) / count();
  }

  private double x(double part) {
    return INSET + part * (width - 2 * INSET);
  }

  private static double y(double part) {
    return 14 + (1 - part) * HEIGHT;
  }
}
