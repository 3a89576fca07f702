package dev.cajal.search;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that may be set to one value or another, such as the rate.
 *
 * @param name what settings, tables and files call it
 * @param condition when there is such a thing at all, if not always
 */
public record Dimension(String name, Range range, Optional<Condition> condition) {

  public Dimension {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a dimension of a space has a name");
    }
  }

  /** Any number between two. */
  public static Dimension uniform(String name, double low, double high) {
    return within(name, () -> new Range.Numbers(low, high, Scale.LINEAR));
  }

  /** Any number between two, every order of magnitude as likely as the others: for rates. */
  public static Dimension logUniform(String name, double low, double high) {
    return within(name, () -> new Range.Numbers(low, high, Scale.LOG));
  }

  /** A whole number from one to another. */
  public static Dimension integer(String name, int low, int high) {
    return within(name, () -> new Range.Integers(low, high, Scale.LINEAR));
  }

  /** A whole number, every order of magnitude as likely as the others: for sizes. */
  public static Dimension logInteger(String name, int low, int high) {
    return within(name, () -> new Range.Integers(low, high, Scale.LOG));
  }

  /** One of some values, which are known by what they print as. */
  public static Dimension choice(String name, Object... values) {
    List<String> texts = Arrays.stream(values).map(String::valueOf).toList();
    return within(name, () -> new Range.Options(texts));
  }

  private static Dimension within(String name, Supplier<Range> range) {
    try {
      return new Dimension(name, range.get(), Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Only where another dimension, which comes before it, is this number or a larger one. */
  public Dimension onlyIfAtLeast(String other, double least) {
    return new Dimension(name, range, Optional.of(new Condition.AtLeast(other, least)));
  }

  /** Only where another dimension, which comes before it, has one of these values. */
  public Dimension onlyIf(String other, Object... values) {
    List<String> texts = Arrays.stream(values).map(String::valueOf).toList();
    return new Dimension(name, range, Optional.of(new Condition.Is(other, texts)));
  }

  Dimension with(Range another) {
    return new Dimension(name, another, condition);
  }

  /** What it may be, without its name. */
  String text() {
    return range + condition.map(it -> ", only if " + it).orElse("");
  }
}
