package dev.cajal.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stands in the help for what the launcher does itself, before there is anything to run. */
@Command(
    name = "test",
    description = {
      "Run all tests and checks of the source tree.",
      "The last line is 'N passed, N failed, N skipped'."
    })
final class TestCommand implements Runnable {

  @Parameters(paramLabel = "MAVEN_ARGUMENT", description = "Passed on to Maven.", arity = "0..*")
  private List<String> arguments = new ArrayList<>();

  @Override
  public void run() {
    throw new IllegalArgumentException(
        "the tests are run by the launcher, in the source tree: ./cajal test "
            + String.join(" ", arguments));
  }
}
