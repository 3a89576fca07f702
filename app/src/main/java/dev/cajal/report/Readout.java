package dev.cajal.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a chart says of the place that a reader points at, where scripts may run.
 *
 * @param names of its lines
 * @param stops the places
 */
record Readout(List<String> names, List<Stop> stops) {

  /**
   * A place.
   *
   * @param x where it is, from 0 to 1
   * @param caption such as {@code epoch 12}
   * @param values of each line there
   */
  record Stop(double x, String caption, List<Value> values) {}

  /**
   * Of a line at a place.
   *
   * @param y where it is, from 0 at the top to 1; not a number if the line has a gap there
   */
  record Value(double y, String text) {}

  /** For the script: stops by semicolons, what they have by bars. */
  Markup attribute() {
    return Markup.of(
        " data-names=\"{}\" data-stops=\"{}\"",
        names.stream().map(Readout::plain).collect(Collectors.joining("|")),
        stops.stream().map(Readout::text).collect(Collectors.joining(";")));
  }

  private static String text(Stop stop) {
    return place(stop.x)
        + "|"
        + plain(stop.caption)
        + stop.values.stream()
            .map(value -> "|" + place(value.y) + "|" + plain(value.text))
            .collect(Collectors.joining());
  }

  private static String place(double part) {
    return Double.isFinite(part)
        ? String.format(Locale.ROOT, "%.4f", Math.clamp(part, -1, 2)).replaceAll("\\.?0+$", "")
        : "";
  }

  private static String plain(String text) {
    return text.replace('|', '/').replace(';', ',');
  }
}
