package dev.cajal.data.table;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A column of words: categories, yes and no, or names. */
public final class Words extends Column {
  private final List<String> values;
  private final boolean areAll;

  Words(String name, Chunks chunks, Gaps gaps, List<String> values, boolean areAll) {
    super(name, chunks, gaps);
    this.values = List.copyOf(values);
    this.areAll = areAll;
  }

  /** Of some words, of which empty ones are missing. */
  public static Words of(String name, String... words) {
    Map<String, Integer> known = new LinkedHashMap<>();
    var codes = new int[words.length];
    var gaps = new Gaps();
    for (int row = 0; row < words.length; row++) {
      if (words[row].isEmpty()) {
        gaps.add(row, "");
        codes[row] = -1;
      } else {
        Integer next = known.size();
        Integer before = known.putIfAbsent(words[row], next);
        codes[row] = before == null ? next : before;
      }
    }
    return new Words(
        name,
        Chunks.of(codes.length, List.of(MemorySegment.ofArray(codes))),
        gaps,
        List.copyOf(known.keySet()),
        true);
  }

  /** The position of a row's word among {@link #values}; -1 if it is missing. */
  public int code(int row) {
    return chunks().of(row).getAtIndex(ValueLayout.JAVA_INT, chunks().within(row));
  }

  /** The different words, in the order in which they come up. */
  public List<String> values() {
    return values;
  }

  /** Whether these are all: of very many, those that come up late share the last position. */
  public boolean areAllKnown() {
    return areAll;
  }

  /** In how many rows each of the {@link #values} is. */
  public int[] counts() {
    var counts = new int[values.size()];
    for (int row = 0; row < size(); row++) {
      int code = code(row);
      if (code >= 0) {
        counts[code]++;
      }
    }
    return counts;
  }

  /** Whether there are two values, which mean yes and no. */
  public boolean areFlags() {
    return values.size() == 2 && YES_AND_NO.contains(pair());
  }

  private static final List<List<String>> YES_AND_NO =
      List.of(
          List.of("false", "true"),
          List.of("no", "yes"),
          List.of("f", "t"),
          List.of("n", "y"),
          List.of("off", "on"));

  private List<String> pair() {
    return values.stream().map(its -> its.toLowerCase(Locale.ROOT)).sorted().toList();
  }

  @Override
  public boolean isMissing(int row) {
    return code(row) < 0;
  }

  @Override
  public String text(int row) {
    int code = code(row);
    return code < 0 ? "" : values.get(code);
  }

  @Override
  public String kind() {
    return areFlags()
        ? "yes or no"
        : values.size() == 1 ? "1 word" : String.format(Locale.ROOT, "%,d words", values.size());
  }

  @Override
  public Words named(String other) {
    return new Words(other, chunks(), gaps(), values, areAll);
  }
}
