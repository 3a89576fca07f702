package dev.cajal.data.table;

import dev.cajal.CajalException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A column in the making: cells come in row by row. */
abstract sealed class ColumnBuilder {
  /** Values that there is room for at first: tables may have very many columns. */
  private static final int FEW = 64;

  private final Spill spill;
  private final List<Spill.Kept> kept = new ArrayList<>();
  private final Gaps gaps = new Gaps();
  private int rows;

  private ColumnBuilder(Spill spill) {
    this.spill = spill;
  }

  /** A cell as it stands in the file. */
  abstract void add(byte[] bytes, int from, int to);

  /** A cell without a value. */
  abstract void addMissing(String text);

  abstract Spill.Kept keep(Spill its, int count);

  abstract Column finished(String name, Chunks chunks);

  /** Where the next value goes in its piece. */
  final int place() {
    return rows % Chunks.ROWS;
  }

  final void gap(String text) {
    gaps.add(rows, text);
  }

  final Gaps gaps() {
    return gaps;
  }

  final void next() {
    if (rows == Integer.MAX_VALUE) {
      throw new CajalException("a table has %d rows at most".formatted(rows));
    }
    if (++rows % Chunks.ROWS == 0) {
      kept.add(keep(spill, Chunks.ROWS));
    }
  }

  final int rows() {
    return rows;
  }

  /** What it has become, when there are no more rows. */
  final List<Spill.Kept> finish() {
    if (place() > 0 || kept.isEmpty()) {
      kept.add(keep(spill, place()));
    }
    return kept;
  }

  /** Numbers, or dates. */
  static final class OfNumbers extends ColumnBuilder {
    /** If more of the cells than this are something else, they are no slips. */
    private static final double SLIPS = 0.05;

    private final Cell cell;
    private final boolean areDates;

    /** So many of them are looked at to find what they are. */
    private static final int LOOKED_AT = 1000;

    private double[] values = new double[FEW];
    private final List<String> slips = new ArrayList<>();
    private int slipped;
    private boolean hasWords;

    OfNumbers(Spill spill, Cell cell, boolean areDates) {
      super(spill);
      this.cell = cell;
      this.areDates = areDates;
    }

    /** What reads a number from a cell; NaN if it is none. */
    interface Cell {
      double parse(byte[] bytes, int from, int to);
    }

    @Override
    void add(byte[] bytes, int from, int to) {
      double value = cell.parse(bytes, from, to);
      if (Double.isNaN(value)) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        hasWords |= !Missing.isMissing(text, false);
        if (!Missing.isMissing(text, true)) {
          slipped++;
          if (slips.size() < LOOKED_AT) {
            slips.add(text);
          }
        }
        addMissing(text);
      } else {
        add(value);
      }
    }

    void add(double value) {
      if (place() == values.length) {
        values = Arrays.copyOf(values, 2 * values.length);
      }
      values[place()] = value;
      next();
    }

    @Override
    void addMissing(String text) {
      gap(text);
      add(Double.NaN);
    }

    /** Whether so many cells are no numbers that the column is something else. */
    boolean isOfAnotherKind() {
      int there = rows() - gaps().count();
      return slipped > SLIPS * ((double) there + slipped) || (there == 0 && hasWords);
    }

    /** The first cells that are no numbers. */
    List<String> slips() {
      return slips;
    }

    Cell cell() {
      return cell;
    }

    @Override
    Spill.Kept keep(Spill its, int count) {
      return its.keep(values, count);
    }

    @Override
    Column finished(String name, Chunks chunks) {
      return new Numbers(name, chunks, gaps(), areDates);
    }
  }

  /** Words, each of which is kept once. */
  static final class OfWords extends ColumnBuilder {
    private int[] codes = new int[FEW];
    private final Dictionary known = new Dictionary();

    OfWords(Spill spill) {
      super(spill);
    }

    @Override
    void add(byte[] bytes, int from, int to) {
      int code = known.code(bytes, from, to);
      if (known.isMissing(code)) {
        addMissing(new String(bytes, from, to - from, StandardCharsets.UTF_8));
      } else {
        put(code);
      }
    }

    private void put(int code) {
      if (place() == codes.length) {
        codes = Arrays.copyOf(codes, 2 * codes.length);
      }
      codes[place()] = code;
      next();
    }

    @Override
    void addMissing(String text) {
      gap(text);
      put(-1);
    }

    @Override
    Spill.Kept keep(Spill its, int count) {
      return its.keep(codes, count);
    }

    @Override
    Column finished(String name, Chunks chunks) {
      return new Words(name, chunks, gaps(), known.words(), known.isWhole());
    }
  }

  /** Words by the bytes that they are, found without a string on the way. */
  private static final class Dictionary {
    /** A column with more is text, of which nothing needs to be known but that. */
    private static final int MOST = 200_000;

    /** So does one whose words take more bytes than this. */
    private static final long LARGEST = 1L << 27;

    private static final String OTHERS = "…";

    /** Longer than any word that means that there is none. */
    private static final int LONG = 8;

    private final List<String> words = new ArrayList<>();
    private byte[][] keys = new byte[64][];
    private int[] codes = new int[64];
    private int count;
    private long size;
    private int others = -1;

    /** The word's position; negative if it means that there is none. */
    int code(byte[] bytes, int from, int to) {
      int hash = 0;
      for (int i = from; i < to; i++) {
        hash = 31 * hash + bytes[i];
      }
      int mask = keys.length - 1;
      int slot = (hash ^ (hash >>> 15)) & mask;
      while (keys[slot] != null) {
        if (Arrays.equals(keys[slot], 0, keys[slot].length, bytes, from, to)) {
          return codes[slot];
        }
        slot = (slot + 1) & mask;
      }
      boolean isFull = words.size() >= MOST || size > LARGEST;
      if (isFull && to - from > LONG) {
        return others();
      }
      String word = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      boolean isMissing = Missing.isMissing(word, false);
      if (isFull && !isMissing) {
        return others();
      }
      int code = isMissing ? -1 : words.size();
      if (!isMissing) {
        words.add(word);
        size += to - from;
      }
      keys[slot] = Arrays.copyOfRange(bytes, from, to);
      codes[slot] = code;
      if (++count > keys.length / 2) {
        grow();
      }
      return code;
    }

    /** The position that all further words share. */
    private int others() {
      if (others < 0) {
        others = words.size();
        words.add(OTHERS);
      }
      return others;
    }

    boolean isWhole() {
      return others < 0;
    }

    private void grow() {
      byte[][] before = keys;
      int[] beforeCodes = codes;
      keys = new byte[2 * before.length][];
      codes = new int[2 * before.length];
      int mask = keys.length - 1;
      for (int i = 0; i < before.length; i++) {
        if (before[i] != null) {
          int hash = 0;
          for (byte each : before[i]) {
            hash = 31 * hash + each;
          }
          int slot = (hash ^ (hash >>> 15)) & mask;
          while (keys[slot] != null) {
            slot = (slot + 1) & mask;
          }
          keys[slot] = before[i];
          codes[slot] = beforeCodes[i];
        }
      }
    }

    boolean isMissing(int code) {
      return code < 0;
    }

    List<String> words() {
      return words;
    }
  }
}
