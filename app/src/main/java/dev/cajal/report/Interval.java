package dev.cajal.report;

/** Where a share lies that was seen in a sample: in 95 of 100 samples. */
record Interval(double low, double high) {
  private static final double Z = 1.959963984540054;

  /** By E. B. Wilson, JASA 22 (1927) 209-212, which is right for few rows and for 0 and 1 too. */
  static Interval of(long some, long all) {
    if (all == 0) {
      return new Interval(0, 1);
    }
    double n = (double) all;
    double share = (double) some / n;
    double middle = share + Z * Z / (2 * n);
    double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
    double scale = 1 + Z * Z / n;
    return new Interval(Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale));
  }

  @Override
  public String toString() {
    return "%s to %s".formatted(Numbers.percent(low), Numbers.percent(high));
  }
}
