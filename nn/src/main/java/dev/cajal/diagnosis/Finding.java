package dev.cajal.diagnosis;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An illness that a network has.
 *
 * @param places where it is, the worst first: paths of layers, numbers of features or classes; none
 *     if it is everywhere
 * @param evidence what was measured, as a sentence
 * @param numbers the same as numbers, by what they are
 * @param isInnate whether it was there before the first step, or lies in the data
 * @param explains other illnesses whose signs are there too, and need no cause but this
 */
public record Finding(
    Illness illness,
    List<String> places,
    String evidence,
    SequencedMap<String, Double> numbers,
    boolean isInnate,
    Set<Illness> explains) {

  public Finding {
    places = List.copyOf(places);
    numbers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(numbers));
    explains = Set.copyOf(explains);
  }

  static Finding of(Illness illness, String evidence, Numbers numbers) {
    return new Finding(illness, List.of(), evidence, numbers.byName(), false, Set.of());
  }

  Finding at(List<String> itsPlaces) {
    return new Finding(illness, itsPlaces, evidence, numbers, isInnate, explains);
  }

  Finding innate(boolean is) {
    return new Finding(illness, places, evidence, numbers, is, explains);
  }

  Finding explaining(Illness another) {
    Set<Illness> all = EnumSet.of(another);
    all.addAll(explains);
    return new Finding(illness, places, evidence, numbers, isInnate, all);
  }

  /** What to try. */
  public String remedy() {
    return illness.remedy();
  }

  /** A few lines: what it is, where, how that is known, and what to try. */
  @Override
  public String toString() {
    int many = 4;
    String more = places.size() > many ? " and %d more".formatted(places.size() - many) : "";
    String where =
        places.isEmpty()
            ? ""
            : " in " + places.stream().limit(many).collect(Collectors.joining(", ")) + more;
    String others =
        explains.isEmpty()
            ? ""
            : "\n  explains  "
                + explains.stream()
                    .sorted()
                    .map(Illness::toString)
                    .collect(Collectors.joining(", "));
    return """
    %s%s: %s
      measured  %s%s
      try       %s\
    """
        .formatted(illness, where, illness.sentence(), evidence, others, remedy());
  }
}
