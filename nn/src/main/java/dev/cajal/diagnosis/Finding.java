package dev.cajal.diagnosis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
 * @param remedy one thing to try, which is not always the illness's usual one
 */
public record Finding(
    Illness illness,
    List<String> places,
    String evidence,
    SequencedMap<String, Double> numbers,
    boolean isInnate,
    Set<Illness> explains,
    String remedy) {

  public Finding {
    places = List.copyOf(places);
    numbers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(numbers));
    explains = Set.copyOf(explains);
  }

  static Finding of(Illness illness, String evidence, Numbers numbers) {
    return new Finding(
        illness, List.of(), evidence, numbers.byName(), false, Set.of(), illness.remedy());
  }

  Finding at(List<String> itsPlaces) {
    return new Finding(illness, itsPlaces, evidence, numbers, isInnate, explains, remedy);
  }

  Finding innate(boolean is) {
    return new Finding(illness, places, evidence, numbers, is, explains, remedy);
  }

  Finding explaining(Illness another) {
    Set<Illness> all = EnumSet.of(another);
    all.addAll(explains);
    return new Finding(illness, places, evidence, numbers, isInnate, all, remedy);
  }

  /** With something else that was measured. */
  Finding measuring(String more) {
    return new Finding(
        illness, places, evidence + "; " + more, numbers, isInnate, explains, remedy);
  }

  Finding knowing(String name, double number) {
    return new Finding(
        illness,
        places,
        evidence,
        new Numbers(numbers).and(name, number).byName(),
        isInnate,
        explains,
        remedy);
  }

  Finding trying(String another) {
    return new Finding(illness, places, evidence, numbers, isInnate, explains, another);
  }

  /** A few lines: what it is, where, how that is known, and what to try. */
  @Override
  public String toString() {
    int many = 4;
    String more =
        places.size() > many
            ? String.format(Locale.ROOT, " and %d more", places.size() - many)
            : "";
    String where =
        places.isEmpty()
            ? ""
            : " in " + places.stream().limit(many).collect(Collectors.joining(", ")) + more;
    var lines = new ArrayList<String>();
    lines.add(Text.wrapped(4, "%s%s: %s".formatted(illness, where, illness.sentence())));
    lines.add(Text.wrapped(12, "  measured  " + evidence));
    if (!explains.isEmpty()) {
      String others =
          explains.stream().sorted().map(Illness::toString).collect(Collectors.joining(", "));
      lines.add(Text.wrapped(12, "  explains  " + others));
    }
    lines.add(Text.wrapped(12, "  try       " + remedy));
    return String.join("\n", lines);
  }
}
