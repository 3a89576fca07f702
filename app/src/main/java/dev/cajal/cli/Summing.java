package dev.cajal.cli;

import dev.cajal.report.Classification;
import dev.cajal.report.Regression;
import dev.cajal.report.Result;
import dev.cajal.workbench.Outcome;
import dev.cajal.workbench.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said when a run is over: how good it is, what ails it, and where everything is. */
final class Summing {
  private Summing() {}

  static List<String> up(Workbench workbench, Outcome outcome) {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add(outcome.result().verdict());
    lines.add("  " + figures(outcome.result()));
    lines.add("");
    outcome.diagnosis().toString().lines().forEach(lines::add);
    lines.add("");
    lines.add("report    " + outcome.report());
    lines.add("model     " + outcome.report().getParent());
    lines.add("predict   " + workbench.predictCommand());
    return lines;
  }

  static String figures(Result result) {
    return switch (result) {
      case Classification its ->
          String.format(
              Locale.ROOT,
              "accuracy %.4f  macro F1 %.4f  log-loss %.4f",
              its.accuracy(),
              its.macroF1(),
              its.logLoss());
      case Regression its ->
          String.format(
              Locale.ROOT,
              "R² %.4f  mean absolute error %.4g  root mean squared error %.4g",
              its.explained(),
              its.meanError(),
              its.rootMeanSquare());
    };
  }
}
