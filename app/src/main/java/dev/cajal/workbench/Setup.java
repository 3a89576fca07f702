package dev.cajal.workbench;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where and how a run happens.
 *
 * @param folder where it is kept
 * @param command what makes it again, as it is typed
 * @param data what is learned from, as it is typed
 * @param version of the software
 * @param resumes whether it goes on with what is in the folder
 */
public record Setup(
    Path folder,
    List<String> command,
    String data,
    String version,
    long seed,
    OptionalInt threads,
    boolean resumes) {

  public Setup {
    command = List.copyOf(command);
  }

  /** The run's name, which is its folder's. */
  public String name() {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }
}
