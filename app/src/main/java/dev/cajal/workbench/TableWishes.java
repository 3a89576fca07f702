package dev.cajal.workbench;

import dev.cajal.data.prepare.Filling;
import dev.cajal.data.prepare.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What somebody asked about a table.
 *
 * @param target the column to be told: its name, its number from 1 on, or {@code last}
 * @param dropped columns that are left out
 * @param group the column whose values stay together in a part
 * @param time the column in whose order the parts are
 * @param folder where data are kept that do not fit into memory
 */
public record TableWishes(
    String target,
    Optional<Task> task,
    Filling filling,
    List<String> dropped,
    Optional<String> group,
    Optional<String> time,
    long seed,
    Path folder) {

  public TableWishes {
    dropped = List.copyOf(dropped);
  }
}
