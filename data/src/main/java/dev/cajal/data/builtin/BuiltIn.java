package dev.cajal.data.builtin;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What data can be made from a seed, and how it is called where its name is typed. */
public enum BuiltIn {
  DIGITS("pictures of the digits 0 to 9, 28 × 28 pixels, in many typefaces and hands"),
  SPIRALS("points on two arms of a spiral, wound around each other"),
  MOONS("points on two half circles that reach into each other"),
  CIRCLES("points on a circle, and on a smaller one within it"),
  BLOBS("points in three clouds, which straight lines nearly tell apart"),
  XOR("points in a square, told apart by whether their signs are the same or different"),
  WAVES("a number for each month of twenty years: a trend, a season and noise");

  private final String description;

  BuiltIn(String description) {
    this.description = description;
  }

  /** The data of a name, as in {@code named("spirals")}. */
  public static BuiltIn named(String name) {
    for (BuiltIn data : values()) {
      if (data.title().equals(name)) {
        return data;
      }
    }
    throw new IllegalArgumentException(
        "no built-in data is called \"%s\"; there are %s"
            .formatted(
                name,
                Arrays.stream(values()).map(BuiltIn::title).collect(Collectors.joining(", "))));
  }

  /** The name that is typed, as in {@code spirals}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is, in a few words. */
  public String description() {
    return description;
  }
}
