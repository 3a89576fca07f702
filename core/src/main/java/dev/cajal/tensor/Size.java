package dev.cajal.tensor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long an axis is: a number, or a number times symbols such as {@code batch} or {@code
 * 2·batch·time}, which are bound to numbers when an expression is evaluated.
 *
 * <p>A size is a monomial and nothing cleverer: it can be multiplied, divided where that is exact,
 * and added to sizes of the same symbols. That is enough to reshape {@code [batch, time, 64]} to
 * {@code [batch·time, 64]} and back.
 *
 * @param factor the number, not negative
 * @param symbols the symbols it is multiplied by, in alphabetical order; one may occur more than
 *     once
 */
public record Size(long factor, List<String> symbols) {

  /** The size of an axis that broadcasts. */
  public static final Size ONE = of(1);

  /** The size of an axis without elements. */
  public static final Size ZERO = of(0);

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public Size {
    if (factor < 0) {
      throw new IllegalArgumentException("size " + factor + " is negative");
    }
    symbols.forEach(Size::requireName);
    symbols = factor == 0 ? List.of() : symbols.stream().sorted().toList();
  }

  /** A size that is a number. */
  public static Size of(long number) {
    return new Size(number, List.of());
  }

  /** A size that has a name and is bound to a number later. */
  public static Size symbol(String name) {
    return new Size(1, List.of(name));
  }

  /** Reads what {@link #toString} prints, also with {@code *} for the dot: {@code 2*batch*time}. */
  public static Size parse(String text) {
    Size product = ONE;
    for (String part : text.split("[·*]", -1)) {
      String word = part.strip();
      product = product.times(isNumber(word) ? of(Long.parseLong(word)) : symbol(word));
    }
    return product;
  }

  private static boolean isNumber(String word) {
    return !word.isEmpty()
        && word.length() < 19
        && word.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is not a name for a size: letters, digits and _ are, as in batch"
              .formatted(name));
    }
  }

  /** Whether it is known without binding any symbol. */
  public boolean isNumber() {
    return symbols.isEmpty();
  }

  /** Whether it is known to be {@code number}. */
  public boolean is(long number) {
    return isNumber() && factor == number;
  }

  /** The number it is; refused while it has symbols. */
  public long number() {
    if (!isNumber()) {
      throw new IllegalStateException(
          "size " + this + " is a symbol: it has no number until it is bound");
    }
    return factor;
  }

  public Size times(Size other) {
    var all = new ArrayList<>(symbols);
    all.addAll(other.symbols);
    try {
      return new Size(Math.multiplyExact(factor, other.factor), all);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "a size of %s times %s is too large".formatted(this, other), e);
    }
  }

  /** The product of sizes; one where there are none. */
  public static Size product(Collection<Size> sizes) {
    return sizes.stream().reduce(ONE, Size::times);
  }

  /** The quotient, where the division leaves nothing over. */
  public Optional<Size> over(Size other) {
    if (other.factor == 0 || factor % other.factor != 0) {
      return Optional.empty();
    }
    var left = new ArrayList<>(symbols);
    for (String symbol : other.symbols) {
      if (!left.remove(symbol)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Size(factor / other.factor, left));
  }

  /** The sum, where both have the same symbols (or one is zero). */
  public Optional<Size> plus(Size other) {
    if (is(0)) {
      return Optional.of(other);
    }
    if (other.is(0)) {
      return Optional.of(this);
    }
    return symbols.equals(other.symbols)
        ? Optional.of(new Size(Math.addExact(factor, other.factor), symbols))
        : Optional.empty();
  }

  /** This size with numbers put in for the symbols that {@code numbers} has. */
  public Size bind(Map<String, Long> numbers) {
    Size bound = of(factor);
    for (String symbol : symbols) {
      Long number = numbers.get(symbol);
      bound = bound.times(number == null ? symbol(symbol) : of(number));
    }
    return bound;
  }

  @Override
  public String toString() {
    String names = String.join("·", symbols);
    return isNumber() ? Long.toString(factor) : factor == 1 ? names : factor + "·" + names;
  }
}
