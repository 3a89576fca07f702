package dev.cajal.bench.race;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A peer in Python: the script {@code bench.py} in its folder, run by the first Python that has its
 * module: {@code $PYTHON}, then each {@code python3} on the path.
 */
record PythonPeer(
    String name,
    String folder,
    String module,
    Set<Workload> workloads,
    Map<String, String> environment)
    implements Peer {

  @Override
  public Entry enter(Path peers) throws InterruptedException {
    for (String python : pythons()) {
      if (imports(python)) {
        String script = peers.resolve(folder).resolve("bench.py").toString();
        // -B: leaves no compiled files in the source tree.
        return new Entry.Ready(name, workloads, List.of(python, "-B", script), environment);
      }
    }
    return new Entry.Missing(
        name, "no python3 can import %s; PYTHON=… names one that can".formatted(module));
  }

  private static List<String> pythons() {
    Stream<String> onPath =
        Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "python3"))
            .filter(Files::isExecutable)
            .map(Path::toString);
    return Stream.concat(Stream.ofNullable(System.getenv("PYTHON")), onPath).distinct().toList();
  }

  private boolean imports(String python) throws InterruptedException {
    var builder = new ProcessBuilder(python, "-c", "import " + module);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      return builder.start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
