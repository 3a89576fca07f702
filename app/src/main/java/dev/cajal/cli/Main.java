package dev.cajal.cli;

import dev.cajal.cli.NetworkOptions.Optimizer;
import dev.cajal.data.prepare.Filling;
import dev.cajal.data.prepare.Task;
import dev.cajal.nn.Activation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code cajal}. */
@Command(
    name = "cajal",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Define, train, check and explain neural networks.",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footer = "%n'cajal COMMAND --help' explains a command.",
    subcommands = {
      TrainCommand.class,
      SearchCommand.class,
      ResumeCommand.class,
      PredictCommand.class,
      EvaluateCommand.class,
      InspectCommand.class,
      ExampleCommand.class,
      TestCommand.class,
      BenchCommand.class,
      HelpCommand.class,
      CompletionCommand.class,
      RehearseCommand.class
    })
public final class Main implements Runnable {

  /** The exit code after a mistake on the command line. */
  static final int USAGE = CommandLine.ExitCode.USAGE;

  /** The exit code after anything else that went wrong. */
  static final int FAILURE = CommandLine.ExitCode.SOFTWARE;

  private static final String WHOLE = "whole number, or is too large";

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Explain the command.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version of cajal and of Java.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean version;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "After a failure, print where in the code it happened.")
  private boolean debug;

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    // Numbers are what files have, and what other programs read.
    Locale.setDefault(Locale.ROOT);
    StandardError.use();
    // For everything that prints, not for the commands alone.
    System.setOut(
        new PrintStream(
            new StandardOutput(new FileOutputStream(FileDescriptor.out)),
            true,
            System.out.charset()));
    System.exit(run(commands(), System.out, System.err, args));
  }

  /** All commands. */
  static CommandLine commands() {
    return configured(new CommandLine(new Main()));
  }

  /** With what options take besides what picocli knows. */
  static CommandLine configured(CommandLine commands) {
    return commands
        .registerConverter(Activation.class, Main::activation)
        .registerConverter(Optimizer.class, Mistakes.word(Optimizer.class))
        .registerConverter(Task.class, Mistakes.word(Task.class))
        .registerConverter(Filling.class, Mistakes.word(Filling.class))
        .registerConverter(int.class, Mistakes.number(Integer::valueOf, WHOLE))
        .registerConverter(Integer.class, Mistakes.number(Integer::valueOf, WHOLE))
        .registerConverter(long.class, Mistakes.number(Long::valueOf, WHOLE))
        .registerConverter(Double.class, Mistakes.number(Double::valueOf, "number"));
  }

  private static Activation activation(String name) {
    try {
      return Activation.of(name);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  /** Runs a command line, and gives its exit code. */
  static int run(CommandLine commands, PrintStream out, PrintStream err, String... args) {
    Main main = commands.getCommand();
    var errors = new PrintWriter(err, true, err.charset());
    commands.setOut(new PrintWriter(out, true, out.charset())).setErr(errors);
    // Not CommandLine.execute: of what goes wrong while help is printed it prints the stack trace.
    try {
      return commands.getExecutionStrategy().execute(commands.parseArgs(args));
    } catch (ParameterException e) {
      Complaints.mistake(e, errors);
      return USAGE;
    } catch (Throwable e) {
      Throwable failure =
          e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      if (failure instanceof StandardOutput.NobodyReads) {
        return StandardOutput.NobodyReads.EXIT_CODE;
      }
      Complaints.failure(failure, errors);
      if (main.debug) {
        failure.printStackTrace(errors);
      }
      return FAILURE;
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
