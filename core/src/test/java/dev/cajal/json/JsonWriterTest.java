package dev.cajal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {

  private static final Json MODEL =
      JsonObject.empty()
          .with("format", "cajal")
          .with("version", Json.number(1))
          .with("training", new JsonBoolean(false))
          .with("note", new JsonNull())
          .with("empty", JsonArray.of())
          .with(
              "nodes",
              JsonArray.of(
                  JsonObject.empty()
                      .with("op", "input")
                      .with("shape", JsonArray.of(new JsonString("batch"), Json.number(784))),
                  JsonObject.empty()));

  @Test
  void theCompactFormIsOneLineWithoutSpaces() {
    assertThat(MODEL.write())
        .isEqualTo(
            "{\"format\":\"cajal\",\"version\":1,\"training\":false,\"note\":null,\"empty\":[],"
                + "\"nodes\":[{\"op\":\"input\",\"shape\":[\"batch\",784]},{}]}");
  }

  @Test
  void thePrettyFormIsIndentedByTwo() {
    assertThat(MODEL.pretty())
        .isEqualTo(
            """
            {
              "format": "cajal",
              "version": 1,
              "training": false,
              "note": null,
              "empty": [],
              "nodes": [
                {
                  "op": "input",
                  "shape": ["batch", 784]
                },
                {}
              ]
            }\
            """);
  }

  @Test
  void aLongArrayOfScalarsFillsLinesUpToAHundredColumns() {
    var numbers = JsonArray.of(IntStream.range(1000, 1030).boxed().toList(), Json::number);
    assertThat(JsonObject.empty().with("x", numbers).pretty())
        .isEqualTo(
            """
            {
              "x": [
                1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015,
                1016, 1017, 1018, 1019, 1020, 1021, 1022, 1023, 1024, 1025, 1026, 1027, 1028, 1029
              ]
            }\
            """);
  }

  @Test
  void aStringIsEscapedWhereItMustBe() {
    assertThat(new JsonString("\"\\/\n\r\t\b\f\0\u001f\u007f é€😀").write())
        .isEqualTo("\"\\\"\\\\/\\n\\r\\t\\u0008\\u000c\\u0000\\u001f\u007f é€😀\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\uD800", "\uDC00b", "\uDC00\uD800"})
  void halfASurrogatePairIsNotWritten(String text) {
    assertThatThrownBy(() -> new JsonString(text).write())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("half a surrogate pair at index ");
    assertThatThrownBy(() -> JsonObject.empty().with(text, "").write())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNumberThatIsNotFiniteIsRefusedWithAdvice() {
    assertThatThrownBy(() -> Json.number(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("JSON has no number NaN: write null or the string \"NaN\" in its place");
    assertThatThrownBy(() -> Json.number(Float.NEGATIVE_INFINITY))
        .hasMessage(
            "JSON has no number -Infinity: write null or the string \"-Infinity\" in its place");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 1", "1 ", "01", "1.", "NaN", "1f", "-", "0x1", "+1"})
  void whatIsNoNumberIsNotTakenForOne(String text) {
    assertThatThrownBy(() -> new JsonNumber(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a JSON number: \"" + text + "\"");
  }

  @Test
  void aSecondMemberOfTheSameNameIsRefused() {
    assertThatThrownBy(() -> JsonObject.empty().with("a", "1").with("a", "2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the object has a member \"a\" already");
  }

  @Test
  void nestingIsWrittenDownToTheLimit() {
    Json deep = JsonArray.of();
    for (int i = 1; i < 512; i++) {
      deep = i % 2 == 0 ? JsonArray.of(deep) : JsonObject.empty().with("a", deep);
    }
    assertThat(Json.parse(deep.write())).isEqualTo(deep);
    assertThat(Json.parse(deep.pretty())).isEqualTo(deep);

    Json deeper = JsonArray.of(deep);
    for (Runnable write : List.<Runnable>of(deeper::write, deeper::pretty)) {
      assertThatThrownBy(write::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the value is nested deeper than 512");
    }
  }
}
