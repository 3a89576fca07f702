package dev.cajal.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stands in the help for what is a program of its own, which the launcher builds and starts. */
@Command(
    name = "bench",
    description = {
      "Measure Cajal, alone or beside its peers.",
      "'./cajal bench --help' in the source tree explains the options."
    })
final class BenchCommand implements Runnable {

  @Parameters(paramLabel = "OPTION", description = "See './cajal bench --help'.", arity = "0..*")
  private List<String> options = new ArrayList<>();

  @Override
  public void run() {
    throw new IllegalArgumentException(
        "benchmarks are run by the launcher, in the source tree: ./cajal bench "
            + String.join(" ", options));
  }
}
