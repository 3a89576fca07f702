package dev.cajal.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cajal.DamagedFileException;
import dev.cajal.data.prepare.Feature.Moment.Cycle;
import dev.cajal.json.At;
import dev.cajal.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PreparationJsonTest {
  private static final List<Feature> FEATURES =
      List.of(
          new Feature.Scaled("a", 1 / 3.0, 1e-300, OptionalDouble.empty()),
          new Feature.Scaled("b", -1e300, 0.1, OptionalDouble.of(1 / 7.0)),
          new Feature.Flag("c", "no", "yes \"quoted\"", OptionalDouble.of(1)),
          new Feature.Flag("d", "", "y", OptionalDouble.empty()),
          new Feature.OneOf("e", List.of("x", "ü", "\n"), Optional.of("x")),
          new Feature.OneOf("f", List.of("x", "y", "z"), Optional.empty()),
          new Feature.Embedded("g", List.of("x", "y"), Optional.of("y")),
          new Feature.Embedded("h", List.of("x"), Optional.empty()),
          new Feature.Moment("i", 2, 3, OptionalDouble.of(1), List.of(Cycle.values())),
          new Feature.Moment("j", 2, 3, OptionalDouble.empty(), List.of()));

  private static Preparation read(String text) {
    return PreparationJson.read(At.top(Json.parse(text)));
  }

  private static String written(Preparation its) {
    return PreparationJson.write(its).write();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsReadBack(Filling filling) {
    for (Target target :
        List.of(
            new Target.Classes("y", List.of("u", "v", "w")),
            new Target.Quantity("y", 0.1 + 0.2, 1e-9))) {
      var its = new Preparation(FEATURES, target, filling);
      assertThat(read(written(its))).isEqualTo(its);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"scaled\"|\"scald\"|features[0].as",
        "\"deviation\":2|\"deviation\":0|features[0].deviation",
        "\"deviation\":2|\"deviation\":-2|features[0].deviation",
        "\"mean\":1|\"mean\":\"1\"|features[0].mean",
        "\"words\":[\"a\",\"b\"]|\"words\":[\"a\",3]|features[1].words[1]",
        "[\"year\"]|[\"month\"]|features[2].cycles[0]",
        "\"classes\"|\"class\"|target.as",
        "\"names\"|\"nams\"|target",
        "\"missing\":\"refuse\"|\"missing\":\"guess\"|missing",
        "\"missing\":\"refuse\"|\"missing\":\"refuse\",\"more\":1|more"
      })
  void whatIsDamagedIsRefusedByItsPlace(String part, String damaged, String place) {
    var its =
        new Preparation(
            List.of(
                new Feature.Scaled("a", 1, 2, OptionalDouble.empty()),
                new Feature.OneOf("b", List.of("a", "b"), Optional.empty()),
                new Feature.Moment("c", 1, 1, OptionalDouble.empty(), List.of(Cycle.YEAR))),
            new Target.Classes("y", List.of("u", "v")),
            Filling.REFUSE);
    String text = written(its).replace("2.0", "2").replace("1.0", "1");
    assertThat(read(text)).isEqualTo(its);
    assertThat(text).contains(part);
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> read(text.replace(part, damaged)))
        .withMessageContaining(place);
  }

  @Test
  void aTargetOfFewerThanTwoClassesIsDamaged() {
    String text =
        written(
            new Preparation(
                List.of(FEATURES.getFirst()), new Target.Classes("y", List.of("u")), Filling.MEAN));
    assertThatExceptionOfType(DamagedFileException.class)
        .isThrownBy(() -> read(text))
        .withMessageContaining("target.names");
  }
}
