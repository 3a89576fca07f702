package dev.cajal.bench.race;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A peer on the JVM: a Maven project, built when it is first asked for and when it has changed.
 *
 * @param options what its documentation advises to give to the JVM
 */
record JavaPeer(
    String name,
    String main,
    Set<Workload> workloads,
    List<String> options,
    Map<String, String> environment)
    implements Peer {

  @Override
  public Entry enter(Path peers) throws InterruptedException {
    String project = project();
    try {
      Path folder = peers.resolve(project);
      Path classPath = folder.resolve("target/classpath");
      if (!isBuilt(peers, folder, classPath)) {
        List<String> log = build(peers, project);
        if (!log.isEmpty()) {
          return new Entry.Missing(name, reason(log));
        }
      }
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("--enable-native-access=ALL-UNNAMED");
      command.addAll(options);
      command.add("-cp");
      command.add(
          folder.resolve("target/%s-1.jar".formatted(project))
              + File.pathSeparator
              + Files.readString(classPath).strip());
      command.add(main);
      return new Entry.Ready(name, workloads, command, environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder, named as its main class is. */
  private String project() {
    return main.substring(0, main.length() - "Peer".length()).toLowerCase(Locale.ROOT);
  }

  private static boolean isBuilt(Path peers, Path folder, Path classPath) throws IOException {
    if (!Files.exists(classPath)) {
      return false;
    }
    var built = Files.getLastModifiedTime(classPath);
    try (Stream<Path> sources = Files.list(folder)) {
      Path meter = peers.resolve("../src/main/java/dev/cajal/bench/meter/Meter.java");
      return Stream.concat(sources, Stream.of(peers.resolve("pom.xml"), meter))
          .filter(Files::isRegularFile)
          .allMatch(source -> source.toFile().lastModified() <= built.toMillis());
    }
  }

  /** Builds it with what it needs; gives what Maven said if that failed. */
  private static List<String> build(Path peers, String project)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
            "mvn", "--batch-mode", "--quiet", "--projects", project, "--also-make", "package");
    builder.directory(peers.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process maven;
    try {
      maven = builder.start();
    } catch (IOException e) {
      return List.of("needs Maven, and there is no mvn on the path");
    }
    maven.getOutputStream().close();
    var log = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return maven.waitFor() == 0 ? List.of() : log.lines().toList();
  }

  private static String reason(List<String> log) {
    return log.stream()
        .filter(line -> line.startsWith("[ERROR]"))
        .findFirst()
        .map(line -> line.replaceFirst("^\\[ERROR\\] ", "").replaceFirst(" -> \\[Help.*", ""))
        .orElse(log.getFirst());
  }
}
