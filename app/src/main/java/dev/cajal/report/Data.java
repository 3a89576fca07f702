package dev.cajal.report;

import java.util.List;

/**
 * What was learned from.
 *
 * @param file its name
 * @param rows how many it has, those that were dropped among them
 * @param columns in the order of the file
 * @param dropped rows that were left out, by reason
 * @param split how the others were divided
 * @param classes how often each occurs, in the order of their numbers; none for a regression
 */
public record Data(
    String file,
    long rows,
    List<Column> columns,
    List<Dropped> dropped,
    Split split,
    List<ClassCount> classes) {

  public Data {
    columns = List.copyOf(columns);
    dropped = List.copyOf(dropped);
    classes = List.copyOf(classes);
  }

  /** What a column is to the network. */
  public enum Role {
    FEATURE,
    TARGET,
    UNUSED
  }

  /**
   * A column and what became of it.
   *
   * @param type such as {@code number}, {@code category of 7}
   * @param encoding such as {@code scaled to mean 0, deviation 1}; nothing if it is unused
   * @param missing how many rows have no value there
   * @param statistics a few, such as {@code mean 5.84, 4.3 to 7.9}
   */
  public record Column(
      String name, Role role, String type, String encoding, long missing, String statistics) {}

  /** Rows that were left out. */
  public record Dropped(long rows, String why) {}

  /**
   * How many rows there are to learn from, to choose the epoch by, and to test with.
   *
   * @param how they were drawn, such as {@code at random, each class in the same proportion}
   */
  public record Split(long training, long validation, long test, String how) {
    long all() {
      return training + validation + test;
    }
  }

  /** How many rows of a class there are in each part. */
  public record ClassCount(String name, long training, long validation, long test) {
    long all() {
      return training + validation + test;
    }
  }
}
