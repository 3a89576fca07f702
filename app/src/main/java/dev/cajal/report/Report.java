package dev.cajal.report;

import dev.cajal.diagnosis.Diagnosis;
import dev.cajal.nn.Summary;
import java.util.Optional;

/**
 * What there is to say of a training run, as one page of HTML that needs no other file and no
 * network, is light or dark as its reader is, fits a phone and can be printed.
 *
 * <pre>{@code
 * String page = Report.of(run, data, training, recipe).with(result).with(diagnosis).html();
 * }</pre>
 *
 * @param training how it learned; without epochs if it failed before the first was done
 * @param result how it did on samples that it had never seen, if it was tested
 * @param importance what it looks at, if that was measured
 * @param network its layers, if it got so far that there were any
 * @param diagnosis what ails it, if that was asked
 */
public record Report(
    Run run,
    Data data,
    Training training,
    Optional<Result> result,
    Optional<Importance> importance,
    Optional<Summary> network,
    Optional<Diagnosis> diagnosis,
    Recipe recipe) {

  /** What every run has, also one that failed. */
  public static Report of(Run run, Data data, Training training, Recipe recipe) {
    return new Report(
        run,
        data,
        training,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        recipe);
  }

  /** And how it did on test samples. */
  public Report with(Result its) {
    return new Report(
        run, data, training, Optional.of(its), importance, network, diagnosis, recipe);
  }

  /** And what it looks at. */
  public Report with(Importance its) {
    return new Report(run, data, training, result, Optional.of(its), network, diagnosis, recipe);
  }

  /** And its layers. */
  public Report with(Summary its) {
    return new Report(run, data, training, result, importance, Optional.of(its), diagnosis, recipe);
  }

  /** And what ails it. */
  public Report with(Diagnosis its) {
    return new Report(run, data, training, result, importance, network, Optional.of(its), recipe);
  }

  /** The outcome in a sentence, such as {@code Right on 29 of 30 test rows (96.7%).} */
  public String verdict() {
    return switch (run.status()) {
      case Status.Failed _ -> "Failed " + training.reached() + ".";
      case Status.Stopped _ when result.isEmpty() -> "Stopped " + training.reached() + ".";
      case Status.Stopped _, Status.Finished _ ->
          result.map(Result::verdict).orElse("Trained, and not tested.");
    };
  }

  /** The page. The same report gives the same page, to the byte. */
  public String html() {
    return new Page(this).html();
  }
}
