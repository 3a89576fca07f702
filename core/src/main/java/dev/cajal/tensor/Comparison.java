package dev.cajal.tensor;

/**
 * Relations of two numbers, which {@link Op.Compare} tests for every pair of elements. NaN is in
 * none of them.
 */
public enum Comparison {
  LESS("<"),
  LESS_OR_EQUAL("≤"),
  EQUAL("=");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  /** How it is printed between its operands. */
  String symbol() {
    return symbol;
  }
}
