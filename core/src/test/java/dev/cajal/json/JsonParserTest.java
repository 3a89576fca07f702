package dev.cajal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.DamagedFileException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases follow RFC 8259 and the spirit of the JSON Parsing Test Suite. */
class JsonParserTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1",
        "-1",
        "10",
        "0.5",
        "-0.0",
        "123.456",
        "1e5",
        "1E5",
        "1e+5",
        "1e-05",
        "0e0",
        "0E+00",
        "1.5e300",
        "1e999999",
        "123456789012345678901234567890",
        "0.00000000000000001"
      })
  void aNumberKeepsItsText(String text) {
    assertThat(Json.parse(text)).isEqualTo(new JsonNumber(text));
  }

  static final List<Arguments> STRINGS =
      List.of(
          Arguments.of("\"\"", ""),
          Arguments.of("\"a b\"", "a b"),
          Arguments.of("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"),
          Arguments.of("\"\\u0041\\u00e9\\u00E9\\u20ac\"", "Aéé€"),
          Arguments.of("\"\\u0000\"", "\0"),
          Arguments.of("\"\\ud83d\\ude00\"", "😀"),
          Arguments.of("\"😀\"", "😀"),
          Arguments.of("\"Ramón y Cajal\"", "Ramón y Cajal"),
          Arguments.of("\"\u2028\u2029\u007f\uFFFF\"", "\u2028\u2029\u007f\uFFFF"),
          Arguments.of("\"/* no comment */\"", "/* no comment */"));

  @ParameterizedTest
  @FieldSource("STRINGS")
  void aStringIsReadWithItsEscapesResolved(String text, String expected) {
    assertThat(Json.parse(text)).isEqualTo(new JsonString(expected));
  }

  @Test
  void wordsAreTheirValues() {
    assertThat(Json.parse("true")).isEqualTo(new JsonBoolean(true));
    assertThat(Json.parse("false")).isEqualTo(new JsonBoolean(false));
    assertThat(Json.parse("null")).isEqualTo(new JsonNull());
  }

  @Test
  void arraysAndObjectsNest() {
    assertThat(Json.parse("[[], {}, [1, {\"a\": null}]]"))
        .isEqualTo(
            JsonArray.of(
                JsonArray.of(),
                JsonObject.empty(),
                JsonArray.of(Json.number(1), JsonObject.empty().with("a", new JsonNull()))));
  }

  @Test
  void allFourKindsOfWhiteSpaceAreSkipped() {
    assertThat(Json.parse(" \t\r\n[ \n1 ,\t2\r]\n ")).isEqualTo(Json.parse("[1,2]"));
    assertThat(Json.parse(" { \"a\" :\n1 } ")).isEqualTo(Json.parse("{\"a\":1}"));
  }

  @Test
  void anObjectKeepsTheOrderOfItsMembers() {
    var object = (JsonObject) Json.parse("{\"z\":1,\"a\":2,\"\":3,\"m\":4}");
    assertThat(object.members().keySet()).containsExactly("z", "a", "", "m");
  }

  @Test
  void namesAreComparedAfterTheirEscapesAreResolved() {
    assertThatThrownBy(() -> Json.parse("{\"a\": 1, \"\\u0061\": 2}"))
        .hasMessage("line 1, column 10: the object has this name already: \"a\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void nestingIsReadDownToTheLimit(String open) {
    String close = open.equals("[") ? "]" : "}";
    String inner = open.repeat(511) + "[]" + close.repeat(511);
    assertThat(Json.parse(inner)).isNotNull();
    assertThatThrownBy(() -> Json.parse(open + inner + close))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage("line 1, column %d: nested deeper than 512".formatted(512 * open.length() + 1));
  }

  @Test
  void aMillionBracketsAreRefusedWithoutOverflowingTheStack() {
    assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000)))
        .hasMessage("line 1, column 513: nested deeper than 512");
  }

  static final List<Arguments> REFUSED =
      List.of(
          Arguments.of("", "1:1 expected a value, found the end of the text"),
          Arguments.of("  \n ", "2:2 expected a value, found the end of the text"),
          Arguments.of("\uFEFF[]", "1:1 expected a value, found U+FEFF, a byte order mark"),
          Arguments.of("\u00a0[]", "1:1 expected a value, found U+00A0"),
          Arguments.of("\f[]", "1:1 expected a value, found U+000C"),
          Arguments.of("[]\0", "1:3 expected the end of the text, found U+0000"),
          Arguments.of("[] []", "1:4 expected the end of the text, found '['"),
          Arguments.of("1 2", "1:3 expected the end of the text, found '2'"),
          Arguments.of("truee", "1:5 expected the end of the text, found 'e'"),
          Arguments.of("tru", "1:1 expected a value, found tru"),
          Arguments.of("True", "1:1 expected a value, found True"),
          Arguments.of("nan", "1:1 expected a value, found nan"),
          Arguments.of("NaN", "1:1 expected a value, found NaN"),
          Arguments.of("Infinity", "1:1 expected a value, found Infinity"),
          Arguments.of("-Infinity", "1:2 expected a digit, found Infinity"),
          Arguments.of("// why\n1", "1:1 expected a value, found '/'"),
          Arguments.of("[1, /* why */ 2]", "1:5 expected a value, found '/'"),
          Arguments.of("'a'", "1:1 expected a value, found '''"),
          Arguments.of("+1", "1:1 expected a value, found '+'"),
          Arguments.of(".5", "1:1 expected a value, found '.'"),
          Arguments.of("-", "1:2 expected a digit, found the end of the text"),
          Arguments.of("--1", "1:2 expected a digit, found '-'"),
          Arguments.of("1.", "1:3 expected a digit, found the end of the text"),
          Arguments.of("[1.e5]", "1:4 expected a digit, found 'e'"),
          Arguments.of("1e", "1:3 expected a digit, found the end of the text"),
          Arguments.of("1e+", "1:4 expected a digit, found the end of the text"),
          Arguments.of("01", "1:2 expected no digit after a leading zero, found '1'"),
          Arguments.of("-00", "1:3 expected no digit after a leading zero, found '0'"),
          Arguments.of("0x10", "1:2 expected the end of the text, found 'x'"),
          Arguments.of("1_000", "1:2 expected the end of the text, found '_'"),
          Arguments.of("\u0663", "1:1 expected a value, found '\u0663'"),
          Arguments.of("[", "1:2 expected a value, found the end of the text"),
          Arguments.of("[1", "1:3 expected ',' or ']', found the end of the text"),
          Arguments.of("[1,]", "1:4 expected a value, found ']'"),
          Arguments.of("[,1]", "1:2 expected a value, found ','"),
          Arguments.of("[1,,2]", "1:4 expected a value, found ','"),
          Arguments.of("[1 2]", "1:4 expected ',' or ']', found '2'"),
          Arguments.of("[1}", "1:3 expected ',' or ']', found '}'"),
          Arguments.of("]", "1:1 expected a value, found ']'"),
          Arguments.of("{", "1:2 expected a name in double quotes, found the end of the text"),
          Arguments.of("{a: 1}", "1:2 expected a name in double quotes, found 'a'"),
          Arguments.of("{axis: 1}", "1:2 expected a name in double quotes, found axis"),
          Arguments.of("{1: 1}", "1:2 expected a name in double quotes, found '1'"),
          Arguments.of("{\"a\"}", "1:5 expected ':', found '}'"),
          Arguments.of("{\"a\" 1}", "1:6 expected ':', found '1'"),
          Arguments.of("{\"a\":}", "1:6 expected a value, found '}'"),
          Arguments.of("{\"a\":1,}", "1:8 expected a name in double quotes, found '}'"),
          Arguments.of("{\"a\":1]", "1:7 expected ',' or '}', found ']'"),
          Arguments.of("{\"a\":1,\n \"a\":2}", "2:2 the object has this name already: \"a\""),
          Arguments.of("\"", "1:2 expected a closing '\"', found the end of the text"),
          Arguments.of(
              "\"a\\",
              "1:4 expected one of \" \\ / b f n r t u after '\\', found the end of the text"),
          Arguments.of(
              "\"\\x41\"", "1:3 expected one of \" \\ / b f n r t u after '\\', found 'x'"),
          Arguments.of(
              "\"\\U0041\"", "1:3 expected one of \" \\ / b f n r t u after '\\', found 'U'"),
          Arguments.of(
              "\"\\u12G4\"", "1:6 expected four hexadecimal digits after '\\u', found 'G'"),
          Arguments.of(
              "\"\\u00",
              "1:6 expected four hexadecimal digits after '\\u', found the end of the text"),
          Arguments.of(
              "\"\\u\uff10041\"",
              "1:4 expected four hexadecimal digits after '\\u', found '\uff10'"),
          Arguments.of(
              "\"a\nb\"",
              "1:3 expected an escape such as \\n for a control character, found U+000A"),
          Arguments.of(
              "\"\0\"", "1:2 expected an escape such as \\n for a control character, found U+0000"),
          Arguments.of("\"\\uD800\"", "1:2 half a surrogate pair, U+D800"),
          Arguments.of("\"\\uD800\\n\"", "1:2 half a surrogate pair, U+D800"),
          Arguments.of("\"\\uD800\\u0041\"", "1:2 half a surrogate pair, U+D800"),
          Arguments.of("\"\\uD800\\uD800\"", "1:2 half a surrogate pair, U+D800"),
          Arguments.of("\"\\uDC00\\uD800\"", "1:2 half a surrogate pair, U+DC00"),
          Arguments.of("\"a\uD800\"", "1:3 half a surrogate pair, U+D800"),
          Arguments.of("\"\\uD800", "1:2 half a surrogate pair, U+D800"),
          Arguments.of("[\n  1,\r\n  \"😀\" x]", "3:7 expected ',' or ']', found 'x'"));

  @ParameterizedTest
  @FieldSource("REFUSED")
  void whatIsNotJsonIsRefusedWithThePlaceAndTheReason(String text, String expected) {
    String message = expected.replaceFirst("(\\d+):(\\d+) ", "line $1, column $2: ");
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage(message);
  }

  @Test
  void everyBeginningOfATextIsRefused() {
    String text = "{\"a\": [1.5e3, true, \"x\\u0041\\n\", {\"b\": null}], \"c\": -0}";
    Json.parse(text);
    Stream.iterate(0, length -> length < text.length(), length -> length + 1)
        .forEach(length ->
            assertThatThrownBy(() -> Json.parse(text.substring(0, length)))
                .isInstanceOf(DamagedFileException.class));
  }

  @Test
  void aLongWordInAnErrorIsCutShort() {
    assertThatThrownBy(() -> Json.parse("x".repeat(1000)))
        .hasMessage("line 1, column 1: expected a value, found " + "x".repeat(40));
  }

  @Test
  void theMembersOfAnObjectCannotBeChanged() {
    Map<String, Json> members = ((JsonObject) Json.parse("{\"a\":1}")).members();
    assertThatThrownBy(() -> members.put("b", new JsonNull()))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
