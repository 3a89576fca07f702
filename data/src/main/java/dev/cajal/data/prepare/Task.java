package dev.cajal.data.prepare;

/** What is to be told from the features. */
public enum Task {
  /** A number. */
  REGRESSION,
  /** One of two classes. */
  BINARY,
  /** One of several classes. */
  CLASSIFICATION;

  public boolean isOfClasses() {
    return this != REGRESSION;
  }
}
