package dev.cajal.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Values of options that can't be meant, whatever the data are. */
final class Mistakes {
  private Mistakes() {}

  /** Refuses a value that was given and does not do. */
  static <T> void require(
      CommandLine command, String option, @Nullable T value, Predicate<T> does, String wanted) {
    if (value != null && !does.test(value)) {
      throw new ParameterException(
          command, "%s takes %s, not %s".formatted(option, wanted, written(value)));
    }
  }

  private static String written(Object value) {
    String text = value.toString();
    return value instanceof String
        ? "\"" + text + "\""
        : text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** A number, said so in words that are not Java's. */
  static <T> ITypeConverter<T> number(ITypeConverter<T> parse, String what) {
    return text -> {
      try {
        return parse.convert(text.strip());
      } catch (NumberFormatException e) {
        throw new TypeConversionException("\"%s\" is no %s".formatted(text, what));
      }
    };
  }

  /** One of a few words, large or small. */
  static <T extends Enum<T>> ITypeConverter<T> word(Class<T> type) {
    return text ->
        Arrays.stream(type.getEnumConstants())
            .filter(each -> each.name().equalsIgnoreCase(text.strip()))
            .findFirst()
            .orElseThrow(() ->
                new TypeConversionException(
                    "there is no \"%s\"; there are %s"
                        .formatted(
                            text,
                            Arrays.stream(type.getEnumConstants())
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")))));
  }
}
