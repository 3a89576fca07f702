package dev.cajal.data.prepare;

import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which rows are learned from, which tell when to stop, and which tell in the end how good it is.
 * Each is in order of the table.
 */
public final class Split {
  /** Of so many rows, one in a hundred is enough to judge by. */
  private static final int HUGE = 1_000_000;

  private final int[] training;
  private final int[] validation;
  private final int[] test;

  private Split(int[] training, int[] validation, int[] test) {
    this.training = training;
    this.validation = validation;
    this.test = test;
  }

  /**
   * What part of the rows each gets.
   *
   * @param test may be 0
   */
  public record Parts(double training, double validation, double test) {

    public Parts {
      if (!(training > 0 && validation > 0 && test >= 0)
          || Math.abs(training + validation + test - 1) > 1e-9) {
        throw new IllegalArgumentException(
            "split: %s, %s and %s are no parts of a whole".formatted(training, validation, test));
      }
    }

    /** 60, 20 and 20 percent; 98, 1 and 1 of a million rows and more. */
    public static Parts usual(int rows) {
      return rows >= HUGE ? new Parts(0.98, 0.01, 0.01) : new Parts(0.6, 0.2, 0.2);
    }
  }

  /** At random. */
  public static Split random(int[] rows, Parts parts, long seed) {
    return divided(List.of(shuffled(rows, seed)), parts);
  }

  /** At random, and of every value of a column as much in each part. */
  public static Split stratified(int[] rows, Column column, Parts parts, long seed) {
    Map<String, List<Integer>> byValue = new LinkedHashMap<>();
    for (int row : shuffled(rows, seed)) {
      byValue.computeIfAbsent(column.text(row), _ -> new ArrayList<>()).add(row);
    }
    return divided(
        byValue.values().stream()
            .map(its -> its.stream().mapToInt(Integer::intValue).toArray())
            .toList(),
        parts);
  }

  /** At random, but rows of the same value, such as those of one patient, stay together. */
  public static Split grouped(int[] rows, Column column, Parts parts, long seed) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int row : shuffled(rows, seed)) {
      groups.computeIfAbsent(column.text(row), _ -> new ArrayList<>()).add(row);
    }
    int kinds = parts.test() > 0 ? 3 : 2;
    if (groups.size() < kinds) {
      throw new IllegalArgumentException(
          "split: %s has %d different values, and rows of one stay together: that makes no %d parts"
              .formatted(column.name(), groups.size(), kinds));
    }
    double[] wanted = {
      parts.training() * rows.length, parts.validation() * rows.length, parts.test() * rows.length
    };
    var members =
        List.of(new ArrayList<Integer>(), new ArrayList<Integer>(), new ArrayList<Integer>());
    // The largest first, each to the part that lacks most of what it should have; the last ones to
    // parts that have none yet.
    List<List<Integer>> bySize =
        groups.values().stream()
            .sorted(Comparator.<List<Integer>>comparingInt(List::size).reversed())
            .toList();
    for (int at = 0; at < bySize.size(); at++) {
      List<Integer> group = bySize.get(at);
      long empty = members.stream().limit(kinds).filter(List::isEmpty).count();
      boolean areLast = bySize.size() - at <= empty;
      IntStream.range(0, kinds)
          .filter(i -> !areLast || members.get(i).isEmpty())
          .boxed()
          .max(Comparator.comparingDouble(i -> wanted[i] - members.get(i).size()))
          .ifPresent(neediest -> members.get(neediest).addAll(group));
    }
    return new Split(sorted(members.get(0)), sorted(members.get(1)), sorted(members.get(2)));
  }

  /** In the order of a column: what is judged by comes after what is learned from. */
  public static Split byTime(int[] rows, Numbers column, Parts parts) {
    int[] order =
        Arrays.stream(rows)
            .boxed()
            .sorted(Comparator.comparingDouble(column::at))
            .mapToInt(Integer::intValue)
            .toArray();
    return divided(List.of(order), parts);
  }

  /** Each list is divided in its order; what is left over by rounding evens out over the lists. */
  private static Split divided(List<int[]> lists, Parts parts) {
    var training = new ArrayList<Integer>();
    var validation = new ArrayList<Integer>();
    var test = new ArrayList<Integer>();
    double seen = 0;
    for (int[] list : lists) {
      // The first of each kind is learned from: of what is judged something must be known.
      int most = list.length - 1;
      int judged = (int) Math.round((seen + list.length) * (1 - parts.training()));
      judged = Math.clamp((long) judged - validation.size() - test.size(), 0, Math.max(0, most));
      int tested = (int) Math.round((seen + list.length) * parts.test()) - test.size();
      tested = Math.clamp(tested, 0, judged);
      int from = list.length - judged;
      for (int i = 0; i < list.length; i++) {
        (i < from ? training : i < list.length - tested ? validation : test).add(list[i]);
      }
      seen += list.length;
    }
    return new Split(sorted(training), sorted(validation), sorted(test));
  }

  private static int[] shuffled(int[] rows, long seed) {
    int[] order = RandomStream.of(seed, "split").permutation(rows.length);
    return Arrays.stream(order).map(i -> rows[i]).toArray();
  }

  private static int[] sorted(List<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  public int[] training() {
    return training.clone();
  }

  public int[] validation() {
    return validation.clone();
  }

  public int[] test() {
    return test.clone();
  }
}
