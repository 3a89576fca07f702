package dev.cajal.data.prepare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What becomes of a column: so many numbers for each row, whose names begin with the column's. */
public sealed interface Feature {

  String column();

  /** What its numbers are called. */
  List<String> names();

  /** How many numbers it is. */
  default int width() {
    return names().size();
  }

  /** In words: {@code standardised}, {@code one of 3}. */
  String how();

  /**
   * A number, so that the training rows have mean 0 and variance 1.
   *
   * @param fill what takes the place of a missing one
   */
  record Scaled(String column, double mean, double deviation, OptionalDouble fill)
      implements Feature {

    @Override
    public List<String> names() {
      return List.of(column);
    }

    @Override
    public String how() {
      return "standardised";
    }
  }

  /** Yes as 1 and no as 0; the more frequent for a missing one, a half for a word never seen. */
  record Flag(String column, String no, String yes, OptionalDouble fill) implements Feature {

    @Override
    public List<String> names() {
      return List.of(column);
    }

    @Override
    public String how() {
      return "%s is 1, %s is 0".formatted(yes, no);
    }
  }

  /** A one for the word that it is, among zeros; zeros alone for a word never seen. */
  record OneOf(String column, List<String> words, Optional<String> fill) implements Feature {

    public OneOf {
      words = List.copyOf(words);
    }

    @Override
    public List<String> names() {
      return words.stream().map(word -> column + "=" + word).toList();
    }

    @Override
    public int width() {
      return words.size();
    }

    @Override
    public String how() {
      return "one of " + words.size();
    }
  }

  /** The number of the word, from 1 on, for an embedding; 0 for a word never seen. */
  record Embedded(String column, List<String> words, Optional<String> fill) implements Feature {

    public Embedded {
      words = List.copyOf(words);
    }

    @Override
    public List<String> names() {
      return List.of(column);
    }

    @Override
    public String how() {
      return "embedded, one of " + words.size();
    }

    /** As many numbers as tell so many words apart well enough. */
    public int dimensions() {
      return Math.min(32, (int) Math.ceil(1.6 * Math.pow(words.size() + 1.0, 0.56)));
    }
  }

  /**
   * A moment: how far on it is, standardised, and where in the year, the week and the day, each as
   * a point on a circle.
   *
   * @param cycles those of which the training rows see enough
   */
  record Moment(
      String column, double mean, double deviation, OptionalDouble fill, List<Cycle> cycles)
      implements Feature {

    /** What comes again and again. */
    public enum Cycle {
      YEAR(Duration.ofMinutes((long) (365.2425 * 24 * 60))),
      WEEK(Duration.ofDays(7)),
      DAY(Duration.ofDays(1));

      private final double seconds;

      Cycle(Duration length) {
        this.seconds = (double) length.toSeconds();
      }

      double seconds() {
        return seconds;
      }
    }

    public Moment {
      cycles = List.copyOf(cycles);
    }

    @Override
    public List<String> names() {
      return Stream.concat(
              Stream.of(column),
              cycles.stream()
                  .map(cycle -> column + " " + cycle.name().toLowerCase(java.util.Locale.ROOT))
                  .flatMap(name -> Stream.of(name + " sin", name + " cos")))
          .toList();
    }

    @Override
    public String how() {
      var parts = new ArrayList<>(List.of("how far on"));
      cycles.forEach(cycle -> parts.add(cycle.name().toLowerCase(java.util.Locale.ROOT)));
      return String.join(", ", parts);
    }
  }
}
