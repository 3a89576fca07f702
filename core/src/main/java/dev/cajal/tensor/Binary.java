package dev.cajal.tensor;

import java.util.Locale;

/** Functions of two numbers, which {@link Op.Map2} applies to every pair of elements. */
public enum Binary {
  PLUS("+"),
  MINUS("-"),
  TIMES("⊙"),
  OVER("/"),
  POWER("^"),
  /** The larger; NaN if either is. */
  MAX("max"),
  /** The smaller; NaN if either is. */
  MIN("min"),
  AND("and"),
  OR("or");

  private final String symbol;

  Binary(String symbol) {
    this.symbol = symbol;
  }

  /** How it is printed between its operands. */
  String symbol() {
    return symbol;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it combines truth values rather than numbers. */
  boolean isLogical() {
    return this == AND || this == OR;
  }

  /** Whether it is for i32 as well as for floating point. */
  boolean takesIntegers() {
    return this != OVER && this != POWER;
  }
}
