package dev.cajal.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.json.Json;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/expression-format.md says what is written. */
class ExpressionFormatTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "expression-format.md");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  private final String document = read();

  private static String read() {
    try {
      return Files.readString(DOCUMENT);
    } catch (IOException missing) {
      throw new AssertionError(missing);
    }
  }

  /** The cells of the table row that begins with a word. */
  private List<String> row(String first) {
    List<String> rows =
        document.lines().filter(line -> line.startsWith("| " + first + " |")).toList();
    assertThat(rows).as("rows for %s", first).hasSize(1);
    return Arrays.stream(rows.getFirst().split("\\|")).map(String::strip).toList();
  }

  private static List<String> quoted(String cell) {
    return QUOTED.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  private static List<String> fields(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  @Test
  void itHasEveryOperationWithItsFields() {
    for (Class<?> op : Op.class.getPermittedSubclasses()) {
      String name = op.getSimpleName();
      String label = Character.toLowerCase(name.charAt(0)) + name.substring(1);
      assertThat(quoted(row("`" + label + "`").get(3))).as(label).isEqualTo(fields(op));
    }
  }

  @Test
  void itHasEveryValueOfAnEnum() {
    Map<String, Class<? extends Enum<?>>> enums =
        Map.of(
            "dtype", DType.class,
            "distribution", Distribution.class,
            "unary", Unary.class,
            "binary", Binary.class,
            "comparison", Comparison.class,
            "direction", Body.Direction.class);
    enums.forEach((name, type) ->
        assertThat(quoted(row(name).get(2)).stream().map(value -> value.replace("\"", "")))
            .as(name)
            .isEqualTo(
                Arrays.stream(type.getEnumConstants()).map(ExpressionLiterals::label).toList()));
  }

  @Test
  void itHasTheFieldsOfBodiesAndWindows() {
    fields(Body.class).forEach(field -> assertThat(row("`" + field + "`")).hasSize(4));
    assertThat(quoted(row("window").get(2)).toString())
        .contains(fields(Window.class))
        .contains(fields(Window.Extent.class));
  }

  @Test
  void itsExamplesAreRight() {
    String whole = document.substring(document.indexOf("```json") + 7);
    String text = whole.substring(0, whole.indexOf("```"));
    Parameter w = Parameter.of("w", Array.of(new float[] {1, 2}, 2, 1));
    Map<String, Tensor> read = ExpressionFile.read(text, Map.of("w", w));
    assertThat(ExpressionFile.write(read)).isEqualTo(text.stripLeading());

    String loop = whole.substring(whole.indexOf("```json") + 7);
    String scan = loop.substring(0, loop.indexOf("```"));
    String around =
        """
        {"format":"cajal-expression","version":1,"parameters":[],"nodes":[
          {"op":"input","name":"xs","shape":["time","batch",8],"dtype":"f32"},
          {"op":"input","name":"w","shape":["batch",8],"dtype":"f32"},
          {"op":"constant","value":{"dtype":"f32","shape":[],"values":[0.0]}},
          {"op":"expand","inputs":[2],"shape":["batch",8]},%s,
          {"op":"each","inputs":[4],"inner":3}],"outputs":{"y":5}}
        """
            .formatted(scan);
    assertThat(ExpressionFile.read(around, Map.of())).containsKey("y");
    assertThat(Json.parse(around).write()).contains(Json.parse(scan).write());
  }
}
