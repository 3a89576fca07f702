package dev.cajal.search;

import dev.cajal.files.Csv;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Trials as text, the best first. */
final class Table {
  private static final int WIDTH = 80;
  private static final int LONGEST = 12;

  private Table() {}

  /** For human readers. */
  static String text(Progress progress) {
    List<Trial> ranked = progress.ranked();
    String score = progress.goal().name();
    int width = Math.max(score.length(), isFolded(ranked) ? 19 : 9);
    String format = "%4s  %5s  %" + width + "s  %6s  %8s";
    String head = format.formatted("rank", "trial", score, "epochs", "time");
    int room = WIDTH - head.length() - 2;
    boolean isBeside =
        ranked.stream().allMatch(trial -> trial.setting().toString().length() <= room);
    // Below one another if there is no room beside.
    String indent = " ".repeat(isBeside ? head.length() + 2 : 6);
    String between = isBeside ? "  " : "\n" + indent;
    var text = new StringBuilder(head).append(isBeside ? "  setting\n" : "\n");
    for (int i = 0; i < Math.min(ranked.size(), LONGEST); i++) {
      Trial trial = ranked.get(i);
      String start = start(format, i + 1, trial);
      text.append(isBeside ? start : start.stripTrailing())
          .append(between)
          .append(wrapped(words(trial), indent))
          .append('\n');
    }
    if (ranked.size() > LONGEST) {
      text.append("… and %d more\n".formatted(ranked.size() - LONGEST));
    }
    return text.toString();
  }

  private static String start(String format, int rank, Trial trial) {
    return switch (trial.outcome()) {
      case Outcome.Scored(double score, OptionalDouble deviation, int epochs, double seconds) ->
          format.formatted(rank, trial.number(), score(score, deviation), epochs, time(seconds));
      case Outcome.Failed _ -> format.formatted("", trial.number(), "failed", "", "");
    };
  }

  private static List<String> words(Trial trial) {
    String setting = trial.setting().toString();
    String all =
        trial.outcome() instanceof Outcome.Failed(String reason)
            ? setting + " - " + brief(reason)
            : setting;
    return List.of(all.split(" "));
  }

  /** Without what explains it: that is in the file for programs. */
  private static String brief(String reason) {
    return reason.lines().findFirst().orElse("").split(";", 2)[0];
  }

  private static boolean isFolded(List<Trial> trials) {
    return trials.stream()
        .anyMatch(trial ->
            trial.outcome() instanceof Outcome.Scored scored && scored.deviation().isPresent());
  }

  private static String score(double score, OptionalDouble deviation) {
    return Digits.brief(score)
        + (deviation.isPresent() ? " ± " + Digits.brief(deviation.getAsDouble()) : "");
  }

  private static String time(double seconds) {
    return seconds < 100
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : seconds < 6000
            ? String.format(Locale.ROOT, "%.1f min", seconds / 60)
            : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }

  private static String wrapped(List<String> words, String indent) {
    var text = new StringBuilder();
    int column = indent.length();
    for (String word : words) {
      boolean isFirst = column == indent.length();
      if (!isFirst && column + 1 + word.length() > WIDTH) {
        text.append('\n').append(indent);
        column = indent.length();
        isFirst = true;
      }
      text.append(isFirst ? "" : " ").append(word);
      column += word.length() + (isFirst ? 0 : 1);
    }
    return text.toString();
  }

  /** For programs: what there is not is empty. */
  static String csv(Progress progress) {
    var head =
        new ArrayList<>(
            List.of("rank", "trial", progress.goal().name(), "deviation", "epochs", "seconds"));
    progress.space().dimensions().forEach(dimension -> head.add(dimension.name()));
    head.add("failed");
    var text = new StringBuilder(Csv.line(head));
    List<Trial> ranked = progress.ranked();
    for (int i = 0; i < ranked.size(); i++) {
      Trial trial = ranked.get(i);
      var cells = new ArrayList<>(List.of("" + (i + 1), "" + trial.number()));
      switch (trial.outcome()) {
        case Outcome.Scored(double score, OptionalDouble deviation, int epochs, double seconds) ->
            cells.addAll(
                List.of(
                    "" + score,
                    deviation.isPresent() ? "" + deviation.getAsDouble() : "",
                    "" + epochs,
                    String.format(Locale.ROOT, "%.3f", seconds)));
        case Outcome.Failed _ -> cells.addAll(List.of("", "", "", ""));
      }
      progress
          .space()
          .dimensions()
          .forEach(
              dimension -> cells.add(trial.setting().values().getOrDefault(dimension.name(), "")));
      cells.add(trial.outcome() instanceof Outcome.Failed(String reason) ? reason : "");
      text.append(Csv.line(cells));
    }
    return text.toString();
  }
}
