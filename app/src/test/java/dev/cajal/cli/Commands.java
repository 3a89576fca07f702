package dev.cajal.cli;

import dev.cajal.json.At;
import dev.cajal.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** Runs commands as somebody types them, in a folder of small data. */
final class Commands {
  private final Path folder;

  Commands(Path folder) {
    this.folder = folder;
  }

  /** What a run of the command left behind. */
  record Run(int exitCode, String out, String err) {
    At json() {
      return At.top(Json.parse(out));
    }

    /** The rows that were printed, the header first. */
    List<String> lines() {
      return out.lines().toList();
    }

    /** What went wrong, without what was said before that. */
    String complaint() {
      return err.lines().filter(line -> line.startsWith("cajal: ")).findFirst().orElse("");
    }
  }

  /** A command whose words that begin with "@" are files of the folder. */
  Run cajal(String... words) {
    return told("", words);
  }

  /** A command, and what stands on its standard input. */
  Run told(String input, String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    InputStream oldIn = System.in;
    PrintStream oldOut = System.out;
    PrintStream oldErr = System.err;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    System.setOut(utf8(out));
    System.setErr(utf8(err));
    try {
      int exitCode =
          Main.run(
              Main.commands(),
              System.out,
              System.err,
              Stream.of(words).map(this::word).toArray(String[]::new));
      return new Run(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setIn(oldIn);
      System.setOut(oldOut);
      System.setErr(oldErr);
    }
  }

  /** Trains on data of the folder, for a few epochs. */
  Run train(String data, String name, String... more) {
    Stream<String> words =
        Stream.of(
            "train", data, "--hidden", "8", "--epochs", "3", "--out", "@runs", "--name", name);
    return cajal(Stream.concat(words, Stream.of(more)).toArray(String[]::new));
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  Path write(String name, String... lines) {
    try {
      return Files.write(path(name), List.of(lines));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** 60 insects: how long, how wide, of what colour, of which kind. */
  Path insects(String name) {
    var random = new Random(7);
    String[] kinds = {"ant", "bee", "moth"};
    return write(
        name,
        Stream.concat(
                Stream.of("length,width,colour,kind"),
                Stream.iterate(0, i -> i + 1)
                    .limit(60)
                    .map(i ->
                        String.format(
                            Locale.ROOT,
                            "%.3f,%.3f,%s,%s",
                            i % 3 + random.nextGaussian() / 5,
                            i % 3 * 2 + random.nextGaussian() / 5,
                            random.nextBoolean() ? "red" : "blue",
                            kinds[i % 3])))
            .toArray(String[]::new));
  }

  private String word(String word) {
    return word.startsWith("@") ? path(word.substring(1)).toString() : word;
  }

  private static PrintStream utf8(OutputStream out) {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }
}
