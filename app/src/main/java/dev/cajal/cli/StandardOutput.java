package dev.cajal.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Standard output that says when it can't be written. Java's own swallows it: {@code cajal ... |
 * head} would compute on for nobody, and {@code cajal ... > full-disk/file} would end as if all
 * were well.
 */
final class StandardOutput extends FilterOutputStream {

  StandardOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  private static RuntimeException trouble(IOException e) {
    // The operating system's words; there is no type for it.
    return "Broken pipe".equals(e.getMessage())
        ? new NobodyReads(e)
        : new UncheckedIOException("can't write to standard output: " + e.getMessage(), e);
  }

  /** The reader of a pipe has left. No failure: it has seen enough. */
  static final class NobodyReads extends RuntimeException {

    /** As a program in C ends then: 128 and the number of the signal SIGPIPE. */
    static final int EXIT_CODE = 141;

    private static final long serialVersionUID = 1;

    NobodyReads(IOException cause) {
      super(cause);
    }
  }
}
