package dev.cajal.report;

/** How a network did on test samples, which it had never seen. */
public sealed interface Result permits Classification, Regression {

  /** In a sentence. */
  String verdict();
}
