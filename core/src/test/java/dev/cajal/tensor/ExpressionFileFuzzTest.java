package dev.cajal.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.DamagedFileException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is done to a text, it is read or refused, and nothing else happens. */
class ExpressionFileFuzzTest {
  private static final long SEED = 20_260_101;
  private static final int TIMES = 600;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final Pattern VALUE = Pattern.compile("\"\\w+\"|\\[[^\\[\\]]*\\]|-?\\d+");
  private static final List<String> ODD =
      List.of(
          "-1",
          "0",
          "1",
          "63",
          "64",
          "2147483647",
          "-2147483648",
          "9223372036854775807",
          "1e9",
          "0.5",
          "\"batch\"",
          "\"2*batch\"",
          "null",
          "true",
          "[]",
          "{}",
          "\"\"",
          "\"NaN\"");
  private static final String CHARACTERS = "{}[]\",:0123456789-.eE*_abmnst\\ \n\u0000é";

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void aDamagedTextIsRefusedOrRead() {
    int refused = 0;
    int read = 0;
    for (Map<String, Tensor> sample : ExpressionSamples.all().values()) {
      String text = ExpressionFile.write(sample);
      Map<String, Parameter> parameters = ExpressionSamples.parameters(sample);
      for (int i = 0; i < TIMES; i++) {
        String damaged = damaged(text);
        try {
          ExpressionFile.read(damaged, parameters);
          read++;
        } catch (DamagedFileException expected) {
          assertThat(expected).hasMessageMatching("(?s)(at |line ).*: .+");
          refused++;
        } catch (Throwable wrong) {
          throw new AssertionError("seed " + SEED + ", text:\n" + damaged, wrong);
        }
      }
    }
    assertThat(refused).isGreaterThan(TIMES);
    assertThat(read).isGreaterThan(TIMES / 10);
  }

  private String damaged(String text) {
    String damaged = text;
    for (int i = random.nextInt(3); i >= 0 && !damaged.isEmpty(); i--) {
      damaged = damagedOnce(damaged);
    }
    return damaged;
  }

  private String damagedOnce(String text) {
    int from = random.nextInt(text.length());
    int to = Math.min(text.length(), from + 1 + random.nextInt(20));
    return switch (random.nextInt(8)) {
      case 0 -> text.substring(0, from) + text.substring(to);
      case 1 -> text.substring(0, to) + text.substring(from);
      case 2 -> text.substring(0, from) + character() + text.substring(from + 1);
      case 3 -> text.substring(0, from) + character() + text.substring(from);
      case 4 -> withoutOrTwice(text);
      case 5 -> replaced(text, VALUE, ODD.get(random.nextInt(ODD.size())));
      case 6 -> replaced(text, VALUE, any(text, VALUE));
      default -> replaced(text, NUMBER, Integer.toString(random.nextInt(12) - 1));
    };
  }

  private char character() {
    return CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
  }

  /** A line left out, or put in the place of another. */
  private String withoutOrTwice(String text) {
    List<String> lines = text.lines().toList();
    int line = random.nextInt(lines.size());
    Stream<String> put =
        random.nextBoolean() ? Stream.of() : Stream.of(lines.get(random.nextInt(lines.size())));
    return String.join(
        "\n",
        Stream.of(
                lines.subList(0, line).stream(),
                put,
                lines.subList(line + 1, lines.size()).stream())
            .flatMap(part -> part)
            .toList());
  }

  private String replaced(String text, Pattern pattern, String by) {
    List<int[]> found = places(text, pattern);
    if (found.isEmpty()) {
      return text;
    }
    int[] place = found.get(random.nextInt(found.size()));
    return text.substring(0, place[0]) + by + text.substring(place[1]);
  }

  private String any(String text, Pattern pattern) {
    List<int[]> found = places(text, pattern);
    if (found.isEmpty()) {
      return "";
    }
    int[] place = found.get(random.nextInt(found.size()));
    return text.substring(place[0], place[1]);
  }

  private static List<int[]> places(String text, Pattern pattern) {
    Matcher matcher = pattern.matcher(text);
    return matcher.results().map(result -> new int[] {result.start(), result.end()}).toList();
  }
}
