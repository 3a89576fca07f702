package dev.cajal.engine.cpu;

/** How plain work of equal pieces is divided among workers. */
final class Shares {
  /** A part is worth handing to another worker from about this many moved numbers on. */
  private static final long WORTH_A_PART = 8_000;

  private final Workers workers;
  private final int pieces;
  private final int parts;

  /**
   * A division.
   *
   * @param pieces how many pieces there are
   * @param each about how many numbers each piece touches
   */
  Shares(Workers workers, int pieces, long each) {
    this.workers = workers;
    this.pieces = pieces;
    long worth = pieces * Math.max(1, each) / WORTH_A_PART;
    this.parts = Math.clamp(Math.min(worth, pieces), 1, workers.count());
  }

  void run(Workers.Task task) {
    if (parts == 1) {
      task.run(0, 0);
    } else {
      workers.run(task, parts);
    }
  }

  int parts() {
    return parts;
  }

  int from(int part) {
    return (int) ((long) pieces * part / parts);
  }

  int to(int part) {
    return from(part + 1);
  }
}
