package dev.cajal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;

/**
 * Standard error beside what the JVM itself says. At each start with the vector module it prints a
 * warning for which there is no switch: the launcher takes that out of the JVM's standard error,
 * and gives the real one as another descriptor.
 */
final class StandardError {
  private StandardError() {}

  /** Prints to the descriptor that the launcher says, if there is one. */
  static void use() {
    Integer descriptor = Integer.getInteger("cajal.stderr");
    if (descriptor == null) {
      return;
    }
    try {
      var constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      var real = new FileOutputStream(constructor.newInstance(descriptor));
      System.setErr(new PrintStream(real, true, System.err.charset()));
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.err.println("cajal: can't use the standard error of the launcher: " + e);
    }
  }
}
