package dev.cajal.data.numpy;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** Files that NumPy 2.4.6 wrote: see {@code src/test/golden/make_golden.py}. */
final class Golden {
  private Golden() {}

  static Path file(String name) {
    URL found = Objects.requireNonNull(Golden.class.getResource(name), name);
    try {
      return Path.of(found.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
