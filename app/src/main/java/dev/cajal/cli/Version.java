package dev.cajal.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * What {@code cajal --version} prints: the version that the build wrote, and the Java it runs on.
 */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "cajal %s (Java %s, %s %s)"
          .formatted(
              built(),
              System.getProperty("java.version"),
              System.getProperty("os.name"),
              System.getProperty("os.arch"))
    };
  }

  /** The version alone. */
  static String number() {
    return built();
  }

  private static String built() {
    var properties = new Properties();
    try (var file = Version.class.getResourceAsStream("build.properties")) {
      if (file == null) {
        return "unknown";
      }
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
