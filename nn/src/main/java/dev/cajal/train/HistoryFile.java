package dev.cajal.train;

import dev.cajal.files.WholeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The epochs of a run as a table, {@code history.csv}: a line each, losses first. */
final class HistoryFile {
  private HistoryFile() {}

  static void write(Path file, List<Event.Epoch> history) {
    var lines = new ArrayList<List<String>>();
    var head = new ArrayList<>(List.of("epoch", "step", "loss", "validation_loss"));
    if (!history.isEmpty()) {
      head.addAll(history.getFirst().metrics().keySet());
    }
    head.addAll(List.of("best", "seconds"));
    lines.add(head);
    history.forEach(epoch -> lines.add(line(epoch)));
    var text = new StringBuilder();
    for (List<String> line : lines) {
      text.append(String.join(",", line.stream().map(HistoryFile::quoted).toList())).append('\n');
    }
    WholeFile.write(file, text.toString());
  }

  private static List<String> line(Event.Epoch epoch) {
    var line = new ArrayList<String>();
    line.add("" + epoch.number());
    line.add("" + epoch.step());
    line.add("" + epoch.loss());
    line.add(epoch.validation().isPresent() ? "" + epoch.validation().getAsDouble() : "");
    epoch.metrics().values().forEach(value -> line.add("" + value));
    line.add(epoch.isBest() ? "1" : "0");
    line.add(String.format(Locale.ROOT, "%.3f", epoch.seconds()));
    return line;
  }

  private static String quoted(String cell) {
    boolean isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
