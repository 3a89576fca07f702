package dev.cajal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.CajalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandLineTest {

  /** What a run of the command left behind. */
  private record Run(int exitCode, String out, String err) {}

  @Test
  void noArgumentsPrintTheHelp() {
    var run = cajal();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: cajal ").contains("example", "test", "--version");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void helpListsTheCommands() {
    var run = cajal("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(cajal().out());
  }

  @Test
  void everyCommandExplainsItself() {
    for (String name : new CommandLine(new Main()).getSubcommands().keySet()) {
      var run = cajal(name, "--help");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).startsWith("Usage: cajal " + name);
    }
  }

  @Test
  void helpIsACommandToo() {
    assertThat(cajal("help").out()).isEqualTo(cajal("--help").out());
    assertThat(cajal("help", "example").out()).isEqualTo(cajal("example", "--help").out());
    assertThat(cajal("help", "exmaple").exitCode()).isEqualTo(2);
    assertThat(cajal("help", "exmaple").err()).startsWith("cajal: no such command: 'exmaple'");
  }

  @Test
  void versionNamesTheBuildAndTheJava() {
    var run = cajal("--version");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).matches("cajal \\d+\\.\\d+\\.\\d+\\S* \\(Java \\d\\S*, \\S.* \\S+\\)\\R");
  }

  @Test
  void aMisspeltCommandIsAnsweredWithTheNearestOne() {
    var run = cajal("exmaple");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .containsExactly(
            "cajal: no such command: 'exmaple'",
            "Did you mean 'example'?",
            "'cajal --help' says what there is.");
  }

  @Test
  void aMisspeltOptionIsAnsweredWithTheNearestOne() {
    var run = cajal("--verison");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .containsExactly(
            "cajal: no such option: '--verison'",
            "Did you mean '--version'?",
            "'cajal --help' says what there is.");
  }

  @Test
  void anArgumentTooManyPointsToTheHelpOfTheCommand() {
    var run = cajal("example", "more");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).first().isEqualTo("cajal: one argument too many: 'more'");
    assertThat(run.err().lines()).last().isEqualTo("'cajal example --help' says what there is.");
  }

  @Test
  void aFailureIsOneLine() {
    var run = failing(new CajalException("model.json is damaged:\nno inputs"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).containsExactly("cajal: model.json is damaged: no inputs");
  }

  @Test
  void aFailureNobodyForesawSaysWhatItIs() {
    var run = failing(new IllegalStateException("odd"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .containsExactly(
            "cajal: unexpected java.lang.IllegalStateException: odd (--debug shows where)");
  }

  @Test
  void anErrorOfTheJvmIsOneLineToo() {
    var run = failing(new OutOfMemoryError("Java heap space"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1).first().asString().contains("Java heap space");
  }

  @Test
  void debugShowsWhereItHappened() {
    var run = failing(new CajalException("broken"), "--debug");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).first().isEqualTo("cajal: broken");
    assertThat(run.err()).contains("at dev.cajal.cli.");
  }

  @Test
  void debugMayStandBeforeTheCommand() {
    assertThat(cajal("--debug", "example").exitCode()).isZero();
  }

  @Test
  void aReaderThatLeavesEndsTheCommandInSilence() {
    var run = intoNothing("Broken pipe", "--help");
    assertThat(run.exitCode()).isEqualTo(141);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void outputThatCannotBeWrittenIsAFailure() {
    for (String command : new String[] {"--help", "example"}) {
      var run = intoNothing("No space left on device", command);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().lines())
          .containsExactly("cajal: can't write to standard output: No space left on device");
    }
  }

  @Test
  void outputThatIsNoTerminalHasNoColours() {
    assertThat(cajal("--help").out()).doesNotContain("\033");
  }

  private static Run cajal(String... args) {
    return run(Main.commands(), args);
  }

  /** A run of a command that fails. */
  private static Run failing(Throwable failure, String... args) {
    var commands = Main.commands().addSubcommand("fail", new Failing(failure));
    return run(commands, Stream.concat(Stream.of("fail"), Stream.of(args)).toArray(String[]::new));
  }

  private static Run run(CommandLine commands, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exitCode = Main.run(commands, utf8(out), utf8(err), args);
    return new Run(exitCode, text(out), text(err));
  }

  /** A run whose standard output can't be written, for a reason in the operating system's words. */
  private static Run intoNothing(String reason, String... args) {
    var err = new ByteArrayOutputStream();
    var out = utf8(new StandardOutput(new Unwritable(reason)));
    int exitCode = Main.run(Main.commands(), out, utf8(err), args);
    return new Run(exitCode, "", text(err));
  }

  private static PrintStream utf8(OutputStream out) {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Command(name = "fail")
  private static final class Failing implements Callable<Integer> {
    private final Throwable failure;

    Failing(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }

  private static final class Unwritable extends OutputStream {
    private final String reason;

    Unwritable(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(int b) throws IOException {
      throw new IOException(reason);
    }
  }
}
