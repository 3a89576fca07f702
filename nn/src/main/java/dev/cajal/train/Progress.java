package dev.cajal.train;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells how training goes: on a terminal by a line that is renewed all the time, with loss,
 * metrics, samples a second and the time that is left; elsewhere, and where the variable {@code CI}
 * is set, by lines that stay.
 *
 * <pre>{@code trainer.telling(Progress.on(System.err))}</pre>
 */
public final class Progress implements Consumer<Event> {
  /** A line that stays comes after a second at the earliest, and later ever more seldom. */
  private static final long STAYS = 1_000_000_000L;

  private static final int SELDOM = 50;

  /** Within a long epoch fewer do: they say no more than that it goes on. */
  private static final int WITHIN = 5;

  private static final long FIRST = 300_000_000L;

  /** The line is renewed no more often than people can see. */
  private static final long RENEWED = 80_000_000L;

  private static final int BAR = 20;

  private final PrintStream out;
  private final boolean isLive;
  private final int width;
  private final boolean isUnicode;
  private final LongSupplier clock;
  private final Optional<String> command;

  private Event.Began began = new Event.Began(0, 0, 0, 0, OptionalLong.empty(), List.of());
  private Event.@Nullable Epoch last;
  private Event.@Nullable Epoch best;
  private long start;
  private long doneBefore;
  private long seen;
  private int epochSamples;
  private long stayed;
  private long renewed;
  private boolean isOpen;

  private Progress(
      PrintStream out, boolean isLive, int width, LongSupplier clock, Optional<String> command) {
    this.out = out;
    this.isLive = isLive;
    this.width = width;
    this.isUnicode = out.charset().newEncoder().canEncode('━');
    this.clock = clock;
    this.command = command;
  }

  /** As this output allows. */
  public static Progress on(PrintStream out) {
    return Terminal.isThere() ? live(out, Terminal.columns()) : lines(out);
  }

  /** By lines that stay. */
  public static Progress lines(PrintStream out) {
    return new Progress(out, false, Integer.MAX_VALUE, System::nanoTime, Optional.empty());
  }

  /** By a line that is renewed, on a terminal of so many columns. */
  public static Progress live(PrintStream out, int columns) {
    return new Progress(out, true, columns, System::nanoTime, Optional.empty());
  }

  /** And says by what command a run is resumed that was stopped. */
  public Progress resumedBy(String its) {
    return new Progress(out, isLive, width, clock, Optional.of(its));
  }

  /** With another clock, of nanoseconds. */
  Progress by(LongSupplier its) {
    return new Progress(out, isLive, width, its, command);
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.Began it -> begin(it);
      case Event.Step it -> renew(it);
      case Event.Epoch it -> epoch(it);
      case Event.Saved _ -> {}
      case Event.Damaged(var file, var what) ->
          say("%s is damaged (%s): the one before it is taken".formatted(file, what));
      case Event.Ended it -> end(it);
    }
  }

  private void begin(Event.Began it) {
    began = it;
    start = clock.getAsLong();
    stayed = start;
    doneBefore = it.done().orElse(0);
    last = it.history().isEmpty() ? null : it.history().getLast();
    best = null;
    it.history().stream().filter(Event.Epoch::isBest).forEach(epoch -> best = epoch);
    seen = 0;
    epochSamples = 0;
    String what =
        String.format(
            Locale.ROOT, "%,d samples, %,d numbers to learn", it.samples(), it.parameters());
    say(
        it.done().isPresent()
            ? what + String.format(Locale.ROOT, "; goes on after step %,d", it.done().getAsLong())
            : what);
  }

  private void renew(Event.Step step) {
    seen += step.samples() - (step.samples() > epochSamples ? epochSamples : 0);
    epochSamples = step.samples();
    long now = clock.getAsLong();
    if (!isLive) {
      if (isDue(now, WITHIN) && step.samples() < began.samples()) {
        stayed = now;
        say(fitted(parts(step)));
      }
      return;
    }
    if (now - renewed < RENEWED) {
      return;
    }
    renewed = now;
    String line = fitted(parts(step));
    out.print("\r" + line + bar(step, width - line.length() - 3) + "\033[K");
    out.flush();
    isOpen = true;
  }

  private List<String> parts(Event.Step step) {
    List<String> parts = new ArrayList<>();
    parts.add("epoch " + of(step.epoch(), began.epochs()));
    if (!isLive) {
      parts.add(100L * step.samples() / Math.max(1, began.samples()) + "%");
    }
    parts.add(String.format(Locale.ROOT, "loss %.4g", step.loss()));
    if (last != null) {
      parts.addAll(judged(last));
    }
    parts.addAll(pace(step.number()));
    return parts;
  }

  /** The first line comes as soon as there is something to say: it goes on, and how fast. */
  private boolean isDue(long now, int seldom) {
    return stayed == start
        ? now - start >= FIRST
        : now - stayed >= Math.max(STAYS, (now - start) / seldom);
  }

  /** How far the epoch is, where there is room for that. */
  private String bar(Event.Step step, int room) {
    int length = Math.min(BAR, room);
    if (length < BAR / 4) {
      return "";
    }
    int full = (int) ((long) length * step.samples() / Math.max(1, began.samples()));
    String bar = (isUnicode ? "━" : "#").repeat(full);
    return "  " + bar + (isUnicode ? "─" : "-").repeat(length - full);
  }

  private void epoch(Event.Epoch epoch) {
    last = epoch;
    best = epoch.isBest() ? epoch : best;
    long now = clock.getAsLong();
    boolean isLast = epoch.number() == began.epochs();
    boolean isFirst = began.history().isEmpty() && epoch.number() == 1;
    if (isDue(now, SELDOM) || isFirst || isLast) {
      stayed = now;
      List<String> parts = new ArrayList<>();
      parts.add("epoch " + of(epoch.number(), began.epochs()));
      parts.add(String.format(Locale.ROOT, "loss %.4g", epoch.loss()));
      parts.addAll(judged(epoch));
      parts.addAll(pace(epoch.step()));
      say(fitted(parts));
    }
  }

  private static List<String> judged(Event.Epoch epoch) {
    var parts = new ArrayList<String>();
    String mark = epoch.isBest() ? "*" : "";
    epoch
        .validation()
        .ifPresent(loss -> parts.add(String.format(Locale.ROOT, "validation %.4g%s", loss, mark)));
    epoch
        .metrics()
        .forEach((name, value) -> parts.add(String.format(Locale.ROOT, "%s %.4f", name, value)));
    return parts;
  }

  private List<String> pace(long step) {
    double seconds = (clock.getAsLong() - start) / 1e9;
    double steps = (double) (step - doneBefore);
    if (seconds <= 0 || steps <= 0) {
      return List.of();
    }
    var parts = new ArrayList<String>();
    // The first steps take longer than those that follow: they tell nothing of the rest.
    if (step < began.steps() && seconds > 1) {
      parts.add(time((double) (began.steps() - step) / steps * seconds) + " left");
    }
    parts.add(String.format(Locale.ROOT, "%,.0f samples/s", (double) seen / seconds));
    return parts;
  }

  private void end(Event.Ended ended) {
    String time = time((clock.getAsLong() - start) / 1e9);
    int epochs = last == null ? 0 : last.number();
    switch (ended.why()) {
      case DONE -> say(withBest("done in " + time));
      case EARLY -> say(withBest("stopped early after epoch " + epochs + ", in " + time));
      case STOPPED -> {
        say(withBest("stopped after " + epochs + " whole epochs, in " + time));
        ended.folder().ifPresent(folder -> say("all is kept in " + folder));
        command.ifPresent(its -> say("go on with: " + its));
      }
    }
  }

  /** And what was best, as far as there is room for it. */
  private String withBest(String line) {
    if (best == null) {
      return line;
    }
    var text = new StringBuilder(line + "; best is epoch " + best.number());
    for (String part : all(best)) {
      if (isLive && text.length() + 2 + part.length() >= width) {
        break;
      }
      text.append(", ").append(part);
    }
    return text.toString();
  }

  private static List<String> all(Event.Epoch epoch) {
    var parts = new ArrayList<String>();
    parts.add(String.format(Locale.ROOT, "loss %.4g", epoch.loss()));
    parts.addAll(judged(epoch));
    return parts.stream().map(part -> part.replace("*", "")).toList();
  }

  private void say(String line) {
    out.println((isOpen ? "\r\033[K" : "") + line);
    isOpen = false;
  }

  /** As many of the parts as there is room for. */
  private String fitted(List<String> parts) {
    int count = parts.size();
    while (count > 1 && String.join("  ", parts.subList(0, count)).length() >= width) {
      count--;
    }
    return String.join("  ", parts.subList(0, count));
  }

  private static String of(int number, int all) {
    if (all == Integer.MAX_VALUE) {
      return "" + number;
    }
    String most = "" + all;
    return " ".repeat(Math.max(0, most.length() - ("" + number).length())) + number + "/" + most;
  }

  /** {@code 0.8 s}, {@code 1:05} or {@code 2:03:07}. */
  private static String time(double seconds) {
    long all = Math.round(seconds);
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return all < 3600
        ? String.format(Locale.ROOT, "%d:%02d", all / 60, all % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", all / 3600, all / 60 % 60, all % 60);
  }
}
