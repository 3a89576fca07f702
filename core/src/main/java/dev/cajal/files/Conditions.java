package dev.cajal.files;

import dev.cajal.CajalException;
import dev.cajal.json.At;
import dev.cajal.json.Json;
import dev.cajal.json.JsonObject;
import dev.cajal.json.JsonString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What something that is kept and gone on with depends on besides how far it has come, by name:
 * under others it would not be the same that goes on.
 *
 * @param values what is short as it is, what is long as a {@link #checksum}
 */
public record Conditions(SequencedMap<String, String> values) {
  private static final String CHECKSUM = "checksum ";

  /** Stands for a value that nobody would want to read. */
  public static String checksum(long checksum) {
    return CHECKSUM + Long.toHexString(checksum);
  }

  public JsonObject toJson() {
    Map<String, Json> members = new LinkedHashMap<>();
    values.forEach((name, value) -> members.put(name, new JsonString(value)));
    return new JsonObject(members);
  }

  /** Those that {@link #toJson} has written. */
  public static Conditions of(At at) {
    return new Conditions(new LinkedHashMap<>(at.map(At::asString)));
  }

  /**
   * Refuses to go on under these with what began under others, saying what differs first.
   *
   * @throws CajalException if they differ
   */
  public void requireLike(Conditions others) {
    Map<String, String> theirs = new LinkedHashMap<>(others.values);
    values.forEach((name, mine) -> {
      String its = theirs.remove(name);
      if (!mine.equals(its)) {
        throw new CajalException("its %s %s".formatted(name, difference(its, mine)));
      }
    });
    theirs.keySet().stream()
        .findFirst()
        .ifPresent(name -> {
          throw new CajalException("it had the %s, and now there is none".formatted(name));
        });
  }

  private static String difference(@Nullable String was, String is) {
    if (was == null) {
      return "is new";
    }
    return was.startsWith(CHECKSUM) ? "is another" : "was %s, and is %s".formatted(was, is);
  }
}
