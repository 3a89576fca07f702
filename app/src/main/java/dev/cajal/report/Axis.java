package dev.cajal.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What of a chart is where, and which places of it have a label: round numbers.
 *
 * @param isLog whether equal distances are equal ratios
 */
record Axis(boolean isLog, double low, double high, List<Tick> ticks) {
  private static final double SLACK = 1e-9;
  private static final double MOST = 1e300;

  /** Of fewer powers of ten, twice and five times each are shown too. */
  private static final double NARROW = 2.2;

  /** A round number and how it is written. */
  record Tick(double value, String label) {}

  /** From one round number to another, with all between them inside. */
  static Axis around(double least, double most, int count) {
    double low = Math.clamp(least, -MOST, MOST);
    double high = Math.clamp(most, -MOST, MOST);
    double room = Math.max(Math.abs(low), Math.abs(high)) * 1e-6;
    if (!(high - low > room)) {
      double more = low == 0 && high == 0 ? 1 : Math.max(Math.abs(low), Math.abs(high)) * 0.1;
      low -= more;
      high += more;
    }
    double step = step(high - low, count);
    return between(
        Math.floor(low / step + SLACK) * step, Math.ceil(high / step - SLACK) * step, step);
  }

  /** From here to there exactly, whatever round numbers there are between. */
  static Axis exactly(double low, double high, int count) {
    double end = high > low ? high : low + 1;
    return between(low, end, step(end - low, count));
  }

  /** From none to so many things, which have no halves. */
  static Axis counts(long most) {
    double step = Math.max(1, step(Math.max(1.0, (double) most), 4));
    return between(0, Math.max(1, Math.ceil((double) most / step - SLACK)) * step, step);
  }

  /** From one whole number to another, such as those of epochs. */
  static Axis whole(double low, double high, int count) {
    if (!(high > low)) {
      return new Axis(false, low - 0.5, low + 0.5, List.of(new Tick(low, label(low, 1))));
    }
    Axis axis = between(low, high, Math.max(1, step(high - low, count)));
    var ticks = new ArrayList<>(axis.ticks);
    if (ticks.isEmpty() || axis.part(ticks.getFirst().value) > 0.06) {
      ticks.addFirst(new Tick(low, label(low, 1)));
    }
    return new Axis(false, low, high, List.copyOf(ticks));
  }

  private static Axis between(double low, double high, double step) {
    var ticks = new ArrayList<Tick>();
    double first = Math.ceil(low / step - SLACK);
    double last = Math.floor(high / step + SLACK);
    for (double i = first; i <= last && ticks.size() < 20; i++) {
      ticks.add(new Tick(i * step, label(i * step, step)));
    }
    return new Axis(false, low, high, List.copyOf(ticks));
  }

  /** By powers of ten, for positive numbers only. */
  static Axis logarithmic(double least, double most) {
    double low = Math.log10(Math.max(least, Double.MIN_NORMAL));
    double high = Math.max(Math.log10(most), low + 0.1);
    int every = Math.max(1, (int) Math.ceil((high - low) / 6));
    List<Integer> times = high - low < NARROW ? List.of(1, 2, 5) : List.of(1);
    var ticks = new ArrayList<Tick>();
    for (int power = (int) Math.floor(low); power <= Math.ceil(high); power++) {
      for (int factor : Math.floorMod(power, every) == 0 ? times : List.<Integer>of()) {
        double value = Double.parseDouble(factor + "e" + power);
        ticks.add(new Tick(value, factor == 1 ? Numbers.power(power) : Numbers.brief(value)));
      }
    }
    // What is beyond the last tick inside has no need of a whole power more.
    double start = Math.max(low - 0.15, Math.floor(low));
    double end = Math.min(high + 0.15, Math.ceil(high));
    List<Tick> inside =
        ticks.stream()
            .filter(tick ->
                Math.log10(tick.value) > start - SLACK && Math.log10(tick.value) < end + SLACK)
            .toList();
    return new Axis(true, Math.pow(10, start), Math.pow(10, end), inside);
  }

  /** A step of 1, 2 or 5 times a power of ten, so that there are about so many. */
  static double step(double range, int count) {
    double rough = range / count;
    int power = (int) Math.floor(Math.log10(rough));
    double times = rough / Math.pow(10, power);
    int round = times <= 1 + SLACK ? 1 : times <= 2 + SLACK ? 2 : times <= 5 + SLACK ? 5 : 10;
    return Double.parseDouble(round + "e" + power);
  }

  private static String label(double value, double step) {
    if (Math.abs(value) < step / 2) {
      return "0";
    }
    int decimals = Math.max(0, BigDecimal.valueOf(step).stripTrailingZeros().scale());
    return decimals > 4 || Math.abs(value) >= 1e7
        ? Numbers.brief(value)
        : String.format(Locale.ROOT, "%,." + decimals + "f", value).replace('-', '\u2212');
  }

  /** Where a value is, from 0 to 1. */
  double part(double value) {
    return isLog
        ? (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
        : (Math.clamp(value, -MOST, MOST) - low) / (high - low);
  }
}
