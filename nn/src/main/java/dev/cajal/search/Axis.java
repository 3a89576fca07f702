package dev.cajal.search;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What of a chart is where, from 0 to 1, and which places of it have a label. */
record Axis(Scale scale, double low, double high) {
  private static final int MOST_TICKS = 5;

  record Tick(double part, String label) {}

  double part(double number) {
    return scale.part(number, low, high);
  }

  List<Tick> ticks() {
    List<Double> numbers =
        switch (scale) {
          case LINEAR -> even();
          case LOG -> decades();
        };
    return numbers.stream().map(it -> new Tick(part(it), Digits.brief(it))).toList();
  }

  /** Round numbers at the same distance: 1, 2 or 5 times a power of ten. */
  private List<Double> even() {
    double rough = (high - low) / MOST_TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double times = rough / power;
    double step = power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    double first = Math.ceil(low / step - 1e-9);
    double count = Math.floor(high / step + 1e-9) - first + 1;
    // Numbers that nothing but their last digits tells apart have no round ones between them.
    return count > 2 * MOST_TICKS || !(count > 0)
        ? List.of(low)
        : IntStream.range(0, (int) count).mapToObj(i -> (first + i) * step).toList();
  }

  /** Powers of ten, or of a narrow range also twice and five times those. */
  private List<Double> decades() {
    double wide = Math.log10(high / low);
    if (wide < 0.7) {
      return even();
    }
    double[] times = wide > 2.2 ? new double[] {1} : new double[] {1, 2, 5};
    int every = Math.max(1, (int) Math.ceil(wide / MOST_TICKS));
    var numbers = new ArrayList<Double>();
    IntStream.rangeClosed((int) Math.floor(Math.log10(low)), (int) Math.ceil(Math.log10(high)))
        .filter(exponent -> exponent % every == 0)
        .forEach(exponent -> {
          for (double factor : times) {
            double number = Double.parseDouble(factor + "e" + exponent);
            if (number >= low * (1 - 1e-9) && number <= high * (1 + 1e-9)) {
              numbers.add(number);
            }
          }
        });
    return numbers;
  }
}
