package dev.cajal.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code cajal rehearse}: does a little of everything, in a folder that is gone afterwards. The
 * launcher keeps what the JVM learns by it, so that every later start is quicker.
 */
@Command(name = "rehearse", hidden = true, description = "Do a little of everything.")
final class RehearseCommand implements Runnable {

  @Override
  public void run() {
    try {
      Path folder = Files.createTempDirectory("cajal-rehearsal");
      try {
        Path table = folder.resolve("points.csv");
        Files.writeString(table, points());
        run("train", "digits", "--epochs", "3", "--out", folder.toString(), "--name", "digits");
        run("train", table.toString(), "--epochs", "30", "--json", "--out", folder.toString());
        run("predict", folder.resolve("points").toString(), table.toString());
      } finally {
        remove(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String... arguments) {
    Main.run(
        Main.commands(),
        System.out,
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        arguments);
  }

  private static String points() {
    var text = new StringBuilder("x,y,colour,side\n");
    for (int i = 0; i < 200; i++) {
      double x = StrictMath.sin(i);
      double y = StrictMath.cos(3.0 * i);
      text.append(
          "%s,%s,%s,%s%n"
              .formatted(
                  x, y, List.of("red", "green", "blue").get(i % 3), x > y ? "over" : "under"));
    }
    return text.toString();
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
