package dev.cajal.optim;

/**
 * Lowers the rate when nothing becomes better any more: each time that more than {@code patience}
 * epochs in a row were not better than the best before, it is multiplied by {@code factor}.
 *
 * <pre>{@code trainer.plateau(Plateau.of(10, 0.1))}</pre>
 *
 * @param better by what part of itself the best must be undercut
 * @param least what the rate is never less of, as a part of what it was
 */
public record Plateau(int patience, double factor, double better, double least) {

  public Plateau {
    if (patience < 0) {
      throw new IllegalArgumentException("plateau: %d epochs of patience".formatted(patience));
    }
    if (!(factor > 0 && factor <= 1)) {
      throw new IllegalArgumentException(
          "plateau: the factor is above 0 and at most 1, not " + factor);
    }
    if (!(better >= 0 && better < 1) || !(least >= 0 && least <= 1)) {
      throw new IllegalArgumentException(
          "plateau: parts are from 0 to 1, not %s and %s".formatted(better, least));
    }
  }

  /** What is better by a ten-thousandth is better. */
  public static Plateau of(int patience, double factor) {
    return new Plateau(patience, factor, 1e-4, 0);
  }

  /** Never lowers it. */
  public static Plateau none() {
    return new Plateau(0, 1, 0, 1);
  }

  /**
   * What the rate is multiplied with after epochs whose losses, or whatever is the better the
   * smaller it is, were these.
   */
  public double pace(double... losses) {
    double pace = 1;
    double best = Double.POSITIVE_INFINITY;
    int worse = 0;
    for (double loss : losses) {
      boolean isFirst = best == Double.POSITIVE_INFINITY && !Double.isNaN(loss);
      if (isFirst || loss < best - Math.abs(best) * better) {
        best = loss;
        worse = 0;
      } else {
        worse++;
      }
      if (worse > patience) {
        pace = Math.max(pace * factor, least);
        worse = 0;
      }
    }
    return pace;
  }
}
