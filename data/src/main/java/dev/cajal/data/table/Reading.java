package dev.cajal.data.table;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a table is read, where that is not to be found out from the file itself.
 *
 * @param header whether the first row has the columns' names
 * @param separator what stands between cells
 * @param kinds what columns are known to be, by name
 * @param folder where data are kept that do not fit into memory
 */
public record Reading(
    Optional<Boolean> header, Optional<Character> separator, Map<String, Kind> kinds, Path folder) {

  /** What a column can be known to be. */
  public enum Kind {
    NUMBERS,
    WORDS,
    DATES
  }

  public Reading {
    kinds = Map.copyOf(kinds);
  }

  /** As the file suggests. */
  public static Reading usual() {
    return new Reading(
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Path.of(System.getProperty("java.io.tmpdir", ".")));
  }

  public Reading header(boolean isThere) {
    return new Reading(Optional.of(isThere), separator, kinds, folder);
  }

  public Reading separator(char its) {
    return new Reading(header, Optional.of(its), kinds, folder);
  }

  /** With a column that is known to be of a kind; cells that are not are missing. */
  public Reading known(String column, Kind kind) {
    Map<String, Kind> all = new LinkedHashMap<>(kinds);
    all.put(column, kind);
    return new Reading(header, separator, all, folder);
  }

  public Reading folder(Path its) {
    return new Reading(header, separator, kinds, its);
  }
}
