package dev.cajal.search;

import dev.cajal.train.Ending;
import dev.cajal.train.Trained;
import java.util.List;
import java.util.Optional;

/** What came of a search. */
public final class Results {
  private final Progress progress;
  private final Ending ending;
  private final Optional<Trained> trained;

  Results(Progress progress, Ending ending, Optional<Trained> trained) {
    this.progress = progress;
    this.ending = ending;
    this.trained = trained;
  }

  /** All trials, the best first and what failed last. */
  public List<Trial> trials() {
    return progress.ranked();
  }

  /** The best trial, if there is one that did not fail. */
  public Optional<Trial> best() {
    return progress.best();
  }

  /** The network of the best trial; none after cross-validation, which has several. */
  public Optional<Trained> trained() {
    return trained;
  }

  /** Whether all is done, or somebody wanted it to stop. */
  public Ending ending() {
    return ending;
  }

  /** All trials as a table with a column for each dimension, the best first. */
  public String csv() {
    return Table.csv(progress);
  }

  /** The scores over each dimension, as a picture: the content of an SVG file. */
  public String svg() {
    return Chart.of(progress);
  }

  /** The best trials as a table. */
  @Override
  public String toString() {
    return Table.text(progress);
  }
}
