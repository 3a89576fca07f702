package dev.cajal.data.table;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The columns of builders that are through. */
final class Columns {
  private Columns() {}

  static List<Column> of(List<String> names, ColumnBuilder[] builders, Spill spill) {
    var kept = new ArrayList<Spill.Kept>();
    var counts = new int[builders.length];
    for (int i = 0; i < builders.length; i++) {
      List<Spill.Kept> its = builders[i].finish();
      counts[i] = its.size();
      kept.addAll(its);
    }
    List<MemorySegment> segments = spill.segments(kept);
    var columns = new ArrayList<Column>();
    int at = 0;
    for (int i = 0; i < builders.length; i++) {
      Chunks chunks = Chunks.of(builders[i].rows(), segments.subList(at, at + counts[i]));
      columns.add(builders[i].finished(names.get(i), chunks));
      at += counts[i];
    }
    return columns;
  }
}
