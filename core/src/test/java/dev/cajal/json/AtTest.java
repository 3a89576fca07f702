package dev.cajal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.DamagedFileException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AtTest {

  private static final At MODEL =
      At.top(
          Json.parse(
              """
              {
                "name": "classifier", "rate": 0.1, "seed": 9007199254740993, "trained": true,
                "nodes": [
                  {"op": "input", "shape": [-1, 784]},
                  {"op": "sum", "inputs": [0], "axis": "two"}
                ],
                "sizes": {"b": 2, "a": 1},
                "odd name": [null]
              }
              """));

  record Node(String op, List<Integer> inputs) {
    static Node read(At at) {
      at.only("op", "shape", "inputs", "axis");
      return new Node(
          at.get("op").asString(),
          at.find("inputs").map(inputs -> inputs.list(At::asInt)).orElse(List.of()));
    }
  }

  @Test
  void valuesAreReadByNameAndType() {
    assertThat(MODEL.get("name").asString()).isEqualTo("classifier");
    assertThat(MODEL.get("rate").asDouble()).isEqualTo(0.1);
    assertThat(MODEL.get("rate").asFloat()).isEqualTo(0.1f);
    assertThat(MODEL.get("seed").asLong()).isEqualTo(9007199254740993L);
    assertThat(MODEL.get("trained").asBoolean()).isTrue();
    assertThat(MODEL.find("absent")).isEmpty();
    assertThat(MODEL.get("odd name").value()).isEqualTo(JsonArray.of(new JsonNull()));
  }

  @Test
  void aListIsReadItemByItem() {
    assertThat(MODEL.get("nodes").list(Node::read))
        .isEqualTo(List.of(new Node("input", List.of()), new Node("sum", List.of(0))));
  }

  @Test
  void aMapIsReadInTheOrderOfTheText() {
    assertThat(MODEL.get("sizes").map(At::asInt))
        .containsExactly(Map.entry("b", 2), Map.entry("a", 1));
  }

  @Test
  void anErrorSaysWhereTheWrongValueIs() {
    assertRefused(
        at -> at.get("nodes").list(node -> node.find("axis").map(At::asInt)),
        "at nodes[1].axis: expected an integer, found \"two\"");
    assertRefused(
        at -> at.get("odd name").list(At::asBoolean),
        "at [\"odd name\"][0]: expected true or false, found null");
    assertRefused(At::asDouble, "at the top: expected a number, found an object");
    assertRefused(
        at -> at.get("name").find("x"), "at name: expected an object, found \"classifier\"");
    assertRefused(
        at -> at.get("name").list(At::asInt), "at name: expected an array, found \"classifier\"");
    assertRefused(at -> at.get("nodes").asString(), "at nodes: expected a string, found an array");
    assertRefused(
        at -> at.get("sizes").map(At::asString), "at sizes.b: expected a string, found 2");
  }

  @Test
  void theTopCanBeAnArray() {
    assertThatThrownBy(() -> At.top(Json.parse("[1, [true]]")).list(At::asInt))
        .hasMessage("at [1]: expected an integer, found an array");
  }

  @Test
  void aReaderGivesItsOwnErrorsThePlaceToo() {
    assertThat(MODEL.get("sizes").get("a").damaged("a size is even, not 1"))
        .hasMessage("at sizes.a: a size is even, not 1");
    assertThat(MODEL.get("nodes")).hasToString("nodes");
  }

  @Test
  void aMissingMemberIsNamedBesideThoseThatAreThere() {
    assertRefused(
        at -> at.get("sizes").get("c"), "at sizes: \"c\" is missing; there is \"b\", \"a\"");
    assertThatThrownBy(() -> At.top(JsonObject.empty()).get("op"))
        .hasMessage("at the top: \"op\" is missing; there is none");
  }

  @Test
  void anUnknownMemberIsRefusedWithTheNearestKnownName() {
    var node = At.top(Json.parse("{\"op\": 1, \"axes\": 2}"));
    assertThat(node.only("op", "axes")).isSameAs(node);
    assertThatThrownBy(() -> node.only("op", "inputs", "axis"))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage("at the top: unknown name \"axes\"; did you mean \"axis\"?");
    assertThatThrownBy(() -> node.only("op", "inputs"))
        .hasMessage("at the top: unknown name \"axes\"; known are \"op\", \"inputs\"");
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 'expected an integer, found 1.0'",
    "1e3, 'expected an integer, found 1e3'",
    "2147483648, 'expected an integer of 32 bits, found 2147483648'",
    "-2147483649, 'expected an integer of 32 bits, found -2147483649'",
    "true, 'expected an integer, found true'"
  })
  void anIntegerIsExactOrRefused(String text, String expected) {
    assertThatThrownBy(() -> At.top(Json.parse(text)).asInt())
        .isInstanceOf(DamagedFileException.class)
        .hasMessage("at the top: " + expected);
  }

  @Test
  void integersAreReadToTheEndsOfTheirRanges() {
    assertThat(At.top(Json.parse("-2147483648")).asInt()).isEqualTo(Integer.MIN_VALUE);
    assertThat(At.top(Json.parse("9223372036854775807")).asLong()).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> At.top(Json.parse("9223372036854775808")).asLong())
        .hasMessage("at the top: expected an integer of 64 bits, found 9223372036854775808");
  }

  @Test
  void aNumberBeyondTheRangeIsRefused() {
    assertThat(At.top(Json.parse("3.4028235e38")).asFloat()).isEqualTo(Float.MAX_VALUE);
    assertThatThrownBy(() -> At.top(Json.parse("1e39")).asFloat())
        .hasMessage("at the top: expected a number that a float can hold, found 1e39");
    assertThatThrownBy(() -> At.top(Json.parse("-1e309")).asDouble())
        .hasMessage("at the top: expected a number that a double can hold, found -1e309");
  }

  @Test
  void aLongValueInAnErrorIsCutShort() {
    assertThatThrownBy(() -> At.top(new JsonString("x".repeat(1000))).asInt())
        .hasMessage("at the top: expected an integer, found \"" + "x".repeat(40) + "…\"");
  }

  private static void assertRefused(Function<At, ?> reader, String message) {
    assertThatThrownBy(() -> reader.apply(MODEL))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage(message);
  }
}
