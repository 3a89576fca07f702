package dev.cajal.bench.race;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * Contestants that are shell scripts; {@code $1} is the workload, {@code $2} the number of threads.
 */
final class Scripts {
  private Scripts() {}

  static Entry.Ready of(String name, String script) {
    return new Entry.Ready(
        name,
        EnumSet.allOf(Workload.class),
        List.of("sh", "-c", script, "contestant"),
        Map.of("SOME_THREADS", "{threads}"));
  }

  /** One that tells figures: metric, number, metric, number. */
  static Entry.Ready telling(String name, String... words) {
    var script = new StringBuilder("printf 'peer\\t%s 1.0\\n'".formatted(name));
    for (int i = 0; i < words.length; i += 2) {
      script.append("; printf 'result\\t%s\\t%s\\n'".formatted(words[i], words[i + 1]));
    }
    return of(name, script.toString());
  }
}
