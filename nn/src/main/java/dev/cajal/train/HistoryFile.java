package dev.cajal.train;

import dev.cajal.files.Csv;
import dev.cajal.files.WholeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The epochs of a run as a table, {@code history.csv}: a line each, losses first. */
final class HistoryFile {
  private HistoryFile() {}

  static void write(Path file, List<Event.Epoch> history) {
    var head = new ArrayList<>(List.of("epoch", "step", "loss", "validation_loss"));
    if (!history.isEmpty()) {
      head.addAll(history.getFirst().metrics().keySet());
    }
    head.addAll(List.of("best", "seconds"));
    var text = new StringBuilder(Csv.line(head));
    history.forEach(epoch -> text.append(Csv.line(line(epoch))));
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
}
