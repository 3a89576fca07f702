package dev.cajal.data.builtin;

import java.util.Arrays;
import java.util.List;

/** Points in the plane, each of a class. */
public final class Points {

  private final double[][] x;
  private final int[] label;
  private final List<String> classes;

  Points(double[][] x, int[] label, List<String> classes) {
    this.x = x;
    this.label = label;
    this.classes = List.copyOf(classes);
  }

  public int size() {
    return label.length;
  }

  /** A copy of the coordinates: two for each point. */
  public double[][] x() {
    return Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
  }

  /** A copy of the labels: the class of each point, by its place among the {@link #classes}. */
  public int[] label() {
    return label.clone();
  }

  /** The names of the classes. */
  public List<String> classes() {
    return classes;
  }

  @Override
  public String toString() {
    return "%d points, each %s".formatted(size(), String.join(" or ", classes));
  }
}
