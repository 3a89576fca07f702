package dev.cajal.search;

/** How numbers are spread: evenly, or evenly in their orders of magnitude. */
public enum Scale {
  LINEAR,
  LOG;

  // Of the strict library, which has the same bits on every machine.

  /** Where a number is on it. */
  double position(double number) {
    return switch (this) {
      case LINEAR -> number;
      case LOG -> StrictMath.log(number);
    };
  }

  /** The number at a position. */
  double number(double position) {
    return switch (this) {
      case LINEAR -> position;
      case LOG -> StrictMath.exp(position);
    };
  }

  /** Where a number is between two others, 0 at the one and 1 at the other. */
  double part(double number, double low, double high) {
    double from = position(low);
    double width = position(high) - from;
    return width == 0 ? 0.5 : (position(number) - from) / width;
  }

  /** The number at a part of the way from one to another. */
  double between(double low, double high, double part) {
    double from = position(low);
    return number(from + part * (position(high) - from));
  }
}
