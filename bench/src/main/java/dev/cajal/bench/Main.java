package dev.cajal.bench;

import dev.cajal.bench.race.Entry;
import dev.cajal.bench.race.JsonReport;
import dev.cajal.bench.race.Machine;
import dev.cajal.bench.race.Race;
import dev.cajal.bench.race.Standing;
import dev.cajal.bench.race.Table;
import dev.cajal.bench.race.Workload;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code cajal bench}. */
@Command(
    name = "cajal bench",
    sortOptions = false,
    description = {
      "Measure Cajal, alone or beside its peers.",
      "Every figure comes from a process of its own. With peers, each takes its turn in each "
          + "round; those that this machine lacks are named, and left out."
    })
public final class Main implements Callable<Integer> {

  @Option(names = "--peers", description = "Also run the peers that can be had, and print ratios.")
  private boolean peers;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "W2,W6",
      converter = WorkloadName.class,
      description = "These workloads alone.")
  private List<Workload> only = List.of(Workload.values());

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "1,2",
      converter = Threads.class,
      description = "Numbers of threads; 1 and 2 if none are given.")
  private List<Integer> threads = List.of(1, 2);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      converter = Rounds.class,
      description = "How often each is run; ${DEFAULT-VALUE} times if not given.")
  private int rounds = 3;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Option(
      names = "--kernels",
      arity = "0..1",
      paramLabel = "REGEX",
      fallbackValue = ".*",
      description = "Instead, measure single kernels with JMH: those whose names match.")
  private @Nullable String kernels;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Explain the command.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (kernels != null) {
      org.openjdk.jmh.Main.main(new String[] {kernels});
      return 0;
    }
    String date = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString().replace(":00Z", "Z");
    List<Entry> entries = enter();
    var ready = new ArrayList<Entry.Ready>();
    var missing = new ArrayList<Entry.Missing>();
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.Ready one -> ready.add(one);
        case Entry.Missing one -> missing.add(one);
      }
    }
    var race = new Race(ready, rounds, System.err);
    var load = new Machine.Load();
    if (json) {
      List<Standing> standings = run(race, Optional.empty());
      System.out.println(JsonReport.of(standings, missing, date, load.foreignCores()).pretty());
      return 0;
    }
    System.out.printf("%s, %s%n%n", date, Machine.describe());
    run(race, Optional.of(new Table(System.out)));
    System.out.printf("%nmeanwhile others used %.2f cores of this machine%n", load.foreignCores());
    missing.forEach(one -> System.out.printf("not here: %s: %s%n", one.name(), one.why()));
    return 0;
  }

  private List<Entry> enter() throws InterruptedException {
    Path folder = Path.of(System.getProperty("cajal.home", "."), "bench", "peers");
    return Entry.all(peers ? Optional.of(folder) : Optional.empty(), only, System.err);
  }

  /** Runs all that was asked for, and prints it as it comes. */
  private List<Standing> run(Race race, Optional<Table> table) throws InterruptedException {
    var standings = new ArrayList<Standing>();
    table.ifPresent(Table::head);
    for (Workload workload : only) {
      table.ifPresent(each -> each.title(workload));
      for (int count : threads) {
        Standing standing = race.run(workload, count);
        table.ifPresent(each -> each.rows(standing));
        standings.add(standing);
      }
    }
    return standings;
  }

  /** A whole number within bounds. */
  private abstract static class Count implements CommandLine.ITypeConverter<Integer> {
    private final String what;
    private final int most;

    Count(String what, int most) {
      this.what = what;
      this.most = most;
    }

    @Override
    public Integer convert(String text) {
      try {
        int number = Integer.parseInt(text);
        if (number >= 1 && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // It is refused like a number that is too large.
      }
      throw new CommandLine.TypeConversionException(
          "'%s': %s is from 1 to %d".formatted(text, what, most));
    }
  }

  private static final class Threads extends Count {
    Threads() {
      super("a number of threads", 1024);
    }
  }

  private static final class Rounds extends Count {
    Rounds() {
      super("a number of rounds", 1000);
    }
  }

  private static final class WorkloadName implements CommandLine.ITypeConverter<Workload> {
    @Override
    public Workload convert(String name) {
      try {
        return Workload.named(name);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.TypeConversionException(e.getMessage());
      }
    }
  }
}
