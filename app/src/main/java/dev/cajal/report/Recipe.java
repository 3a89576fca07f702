package dev.cajal.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * How to do it again, and what to do with what came of it.
 *
 * @param commands that do the same run again
 * @param prediction commands that predict with the network
 * @param settings all of them, the seed among them, by name
 * @param surroundings versions, machine and threads, by name
 * @param files what each is, by path
 */
public record Recipe(
    List<String> commands,
    List<String> prediction,
    SequencedMap<String, String> settings,
    SequencedMap<String, String> surroundings,
    SequencedMap<String, String> files) {

  public Recipe {
    commands = List.copyOf(commands);
    prediction = List.copyOf(prediction);
    settings = copy(settings);
    surroundings = copy(surroundings);
    files = copy(files);
  }

  private static SequencedMap<String, String> copy(SequencedMap<String, String> some) {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(some));
  }
}
