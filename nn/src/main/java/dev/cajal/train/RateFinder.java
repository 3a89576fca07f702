package dev.cajal.train;

import dev.cajal.CajalException;
import dev.cajal.optim.Optimizer;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * Looks for a rate to train with: learns for some steps whose rates grow from tiny to far too
 * large, and watches the loss (Smith, 2017). The parameters are then what they were before.
 *
 * <pre>{@code
 * RateFinder found = RateFinder.of(trainer, Adam::new, training);
 * trainer.optimizer(new Adam(found.rate())).fit(training, validation);
 * }</pre>
 *
 * @param rate at which the loss fell fastest; if it never fell, the smallest that was looked at
 * @param points the rates that were tried, and the smoothed losses
 */
public record RateFinder(double rate, List<Point> points) {
  private static final int STEPS = 100;
  private static final double LEAST = 1e-7;
  private static final double MOST = 10;

  /** The loss is over when it is so many times its least. */
  private static final double OVER = 4;

  private static final double SMOOTH = 0.9;

  /** The first points are hardly smoothed: how they differ is chance, and their rates are tiny. */
  private static final int SKIPPED = 20;

  /** The slope is taken over more points than are smoothed, for chance to differ less than it. */
  private static final int SPAN = 15;

  public RateFinder {
    points = List.copyOf(points);
  }

  /** A rate and the smoothed loss of the step that had it. */
  public record Point(double rate, double loss) {}

  /** For a trainer, whose optimizer is one of these. */
  public static RateFinder of(
      Trainer trainer, DoubleFunction<Optimizer> optimizer, Samples samples) {
    var watch = new Watch();
    Trainer fast =
        trainer
            .alone()
            .learner(trainer.learner().by(optimizer.apply(1)))
            .schedule(step -> LEAST * Math.pow(MOST / LEAST, (double) step / (STEPS - 1)))
            .steps(STEPS)
            .telling(watch::see)
            .stopWhen(() -> watch.isOver);
    Map<Parameter, Array> before = new LinkedHashMap<>();
    trainer.initialise().forEach(each -> before.put(each, each.array().copy()));
    try {
      fast.fit(samples);
    } catch (CajalException e) {
      // The largest rates are meant to be too large.
      if (watch.points.size() <= SKIPPED + SPAN) {
        throw e;
      }
    } finally {
      before.forEach(Parameter::set);
    }
    return new RateFinder(watch.steepest(), watch.points);
  }

  /** The smoothed loss, as it comes. */
  private static final class Watch {
    private final List<Point> points = new ArrayList<>();
    private double mean;
    private double least = Double.POSITIVE_INFINITY;
    private boolean isOver;

    void see(Event event) {
      if (event instanceof Event.Step step) {
        mean = SMOOTH * mean + (1 - SMOOTH) * step.loss();
        double smooth = mean / (1 - Math.pow(SMOOTH, (double) points.size() + 1));
        points.add(new Point(step.pace(), smooth));
        least = Math.min(least, smooth);
        isOver = points.size() > SKIPPED + SPAN && smooth - least > (OVER - 1) * Math.abs(least);
      }
    }

    /** In the middle of the points between which the loss falls most. */
    double steepest() {
      double rate = points.get(Math.min(SKIPPED, points.size() - 1)).rate();
      double most = 0;
      for (int i = SKIPPED + SPAN; i < points.size(); i++) {
        double fall = points.get(i - SPAN).loss() - points.get(i).loss();
        if (fall > most) {
          most = fall;
          rate = points.get(i - SPAN / 2).rate();
        }
      }
      return rate;
    }
  }

  /** A line for each tenth point: rate and loss. */
  @Override
  public String toString() {
    var text = new StringBuilder("rate       loss\n");
    for (int i = 0; i < points.size(); i += STEPS / 10) {
      Point point = points.get(i);
      text.append(String.format(Locale.ROOT, "%8.1e  %.4g%n", point.rate(), point.loss()));
    }
    return text.append(String.format(Locale.ROOT, "try a rate of %.1e", rate)).toString();
  }
}
