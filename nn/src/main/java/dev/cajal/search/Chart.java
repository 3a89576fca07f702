package dev.cajal.search;

import java.util.List;
import java.util.Locale;

/**
 * A picture of the scores over each dimension, as SVG that needs no other file, and is light or
 * dark as its reader is.
 */
final class Chart {
  private static final int WIDTH = 940;
  private static final int LEFT = 64;
  private static final int RIGHT = 20;
  private static final int GAP = 28;
  private static final int TOP = 116;
  private static final int PANEL = 218;
  private static final int BOTTOM = 8;
  private static final int LONGEST_LINE = 128;

  private static final String STYLE =
      """
      .search { --paper: #ffffff; --ink: #1d2433; --quiet: #667085; --grid: #e8ebf1;
        --dot: #3b6fb6; --best: #d9480f; background: var(--paper);
        font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
      @media (prefers-color-scheme: dark) { .search { --paper: #14171c; --ink: #e8eaf0;
        --quiet: #98a2b3; --grid: #2a2f38; --dot: #7fb0f0; --best: #ff9f5a; } }
      .search .paper { fill: var(--paper); }
      .search text { fill: var(--quiet); font-variant-numeric: tabular-nums; }
      .search .title { fill: var(--ink); font-size: 18px; font-weight: 600; }
      .search .name { fill: var(--ink); font-size: 13px; font-weight: 600; }
      .search .value { fill: var(--best); font-weight: 600; }
      .search .middle { text-anchor: middle; } .search .end { text-anchor: end; }
      .search .grid { stroke: var(--grid); } .search .axis { stroke: var(--quiet); }
      .search .trial { fill: var(--dot); fill-opacity: .55; stroke: var(--paper); stroke-width: .6; }
      .search .beyond { fill: none; stroke: var(--dot); stroke-opacity: .6; }
      .search .failed { fill: none; stroke: var(--quiet); stroke-width: 1.4; }
      .search .best { fill: var(--best); stroke: var(--paper); stroke-width: 1.5; }
      .search .ring { fill: none; stroke: var(--best); stroke-width: 1.5; }
      .search .drop { stroke: var(--best); stroke-dasharray: 2 3; }
      """;

  private Chart() {}

  static String of(Progress progress) {
    List<Dimension> dimensions = progress.space().dimensions();
    int columns = dimensions.size() == 4 ? 2 : Math.min(3, dimensions.size());
    int rows = Math.ceilDiv(dimensions.size(), columns);
    var svg = new Svg(WIDTH, TOP + rows * PANEL + BOTTOM, title(progress), STYLE);
    header(progress, svg);
    Axis scores = ScoreAxis.of(progress.goal(), progress.trials());
    double width = (WIDTH - LEFT - RIGHT - (columns - 1.0) * GAP) / columns;
    for (int i = 0; i < dimensions.size(); i++) {
      int row = i / columns;
      int column = i % columns;
      svg.begin(LEFT + column * (width + GAP), TOP + row * PANEL);
      new Panel(progress, dimensions.get(i), scores, width, column == 0).draw(svg);
      svg.end();
    }
    return svg.toString();
  }

  private static String title(Progress progress) {
    int count = progress.count();
    return String.format(
        Locale.ROOT, "%d trial%s by %s", count, count == 1 ? "" : "s", progress.goal().name());
  }

  private static void header(Progress progress, Svg svg) {
    svg.text("title", LEFT, 36, title(progress));
    long failed = progress.trials().stream().filter(trial -> !trial.isScored()).count();
    String best = progress.best().map(trial -> best(progress, trial)).orElse("none has a score");
    boolean goesOn = progress.trials().stream().anyMatch(trial -> trial.outcomes().size() > 1);
    svg.text(
        "",
        LEFT,
        58,
        best
            + (failed == 0 ? "" : String.format(Locale.ROOT, "; %d failed (×)", failed))
            + (goesOn ? "; larger dots had more epochs" : ""));
    String setting = progress.best().map(trial -> trial.setting().toString()).orElse("");
    svg.text("", LEFT, 76, shortened(setting));
  }

  private static String best(Progress progress, Trial trial) {
    return String.format(
        Locale.ROOT,
        "%s is better; the best is trial %d with %s",
        progress.goal().isBetterLarger() ? "larger" : "smaller",
        trial.number(),
        Digits.brief(((Outcome.Scored) trial.outcome()).score()));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE - 1) + "…";
  }
}
