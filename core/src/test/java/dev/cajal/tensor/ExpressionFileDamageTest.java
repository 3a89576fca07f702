package dev.cajal.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cajal.DamagedFileException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What is wrong with a file is said with its place and, where possible, with what would be right.
 */
class ExpressionFileDamageTest {
  private static final String X =
      "{\"op\":\"input\",\"name\":\"x\",\"shape\":[3],\"dtype\":\"f32\"}";

  private static DynamicTest damage(String title, String text, String message) {
    Map<String, Parameter> parameters =
        Map.of("hidden.weight", Parameter.of("hidden.weight", Array.of(new float[] {1})));
    return dynamicTest(
        title,
        () ->
            assertThatThrownBy(() -> ExpressionFile.read(text, parameters))
                .isInstanceOf(DamagedFileException.class)
                .hasMessage(message));
  }

  private static DynamicTest node(String title, String node, String message) {
    return damage(title, file("", X + "," + node, "\"y\":1"), message);
  }

  private static String file(String parameters, String nodes, String outputs) {
    return """
    {"format":"cajal-expression","version":1,"parameters":[%s],"nodes":[%s],"outputs":{%s}}
    """
        .formatted(parameters, nodes, outputs);
  }

  @TestFactory
  List<DynamicTest> wholeFiles() {
    return List.of(
        damage(
            "another format",
            "{\"format\":\"weights\"}",
            "at format: expected \"cajal-expression\": this is another kind of file"),
        damage(
            "a later version",
            "{\"format\":\"cajal-expression\",\"version\":2,\"novelty\":[]}",
            "at version: only version 1 can be read here"),
        damage(
            "an unknown member",
            file("", "", "").replace("\"nodes\"", "\"node\""),
            "at the top: unknown name \"node\"; did you mean \"nodes\"?"),
        damage(
            "an output that is no node",
            file("", X, "\"y\":1"),
            "at outputs.y: there is no node 1: nodes are 0 to 0"),
        damage(
            "an output without any node",
            file("", "", "\"y\":0"),
            "at outputs.y: there is no node 0: none comes before"),
        damage(
            "no JSON",
            "{",
            "line 1, column 2: expected a name in double quotes, found the end of the text"));
  }

  @TestFactory
  List<DynamicTest> parameters() {
    String scalar = "{\"name\":\"hidden.wieght\",\"shape\":[1],\"dtype\":\"f32\"}";
    String right = scalar.replace("wieght", "weight");
    return List.of(
        damage(
            "one that is not given",
            file(scalar, "", ""),
            "at parameters[0]: unknown parameter \"hidden.wieght\"; did you mean"
                + " \"hidden.weight\"?"),
        damage(
            "one of another shape",
            file(right.replace("[1]", "[2,3]"), "", ""),
            "at parameters[0]: the expression is over a parameter [2, 3] f32, the one given is [1]"
                + " f32"),
        damage(
            "one of a symbolic shape",
            file(right.replace("[1]", "[\"batch\"]"), "", ""),
            "at parameters[0].shape: the sizes of numbers are numbers, not symbols as in [batch]"),
        damage(
            "one name twice",
            file(right + "," + right, "", ""),
            "at parameters[1].name: an earlier parameter has this name already"),
        node(
            "one that is not declared",
            "{\"op\":\"param\",\"parameter\":\"w\"}",
            "at nodes[1].parameter: unknown parameter \"w\"; known are none"));
  }

  @TestFactory
  List<DynamicTest> nodes() {
    return List.of(
        node(
            "an unknown operation",
            "{\"op\":\"matmul\"}",
            "at nodes[1].op: unknown op \"matmul\"; did you mean \"matMul\"?"),
        node(
            "an unknown field",
            "{\"op\":\"sum\",\"inputs\":[0],\"axis\":0}",
            "at nodes[1]: unknown name \"axis\"; did you mean \"axes\"?"),
        node(
            "a missing field",
            "{\"op\":\"sum\",\"inputs\":[0]}",
            "at nodes[1]: \"axes\" is missing; there is \"op\", \"inputs\""),
        node(
            "an unknown dtype",
            "{\"op\":\"cast\",\"inputs\":[0],\"dtype\":\"f33\"}",
            "at nodes[1].dtype: unknown dtype \"f33\"; did you mean \"f32\"?"),
        node(
            "an unknown function",
            "{\"op\":\"map1\",\"inputs\":[0],\"function\":\"tan\"}",
            "at nodes[1].function: unknown unary \"tan\"; did you mean \"tanh\"?"),
        node(
            "an input that is the node itself",
            "{\"op\":\"map1\",\"inputs\":[1],\"function\":\"tanh\"}",
            "at nodes[1].inputs[0]: there is no node 1: nodes are 0 to 0"),
        node(
            "too many inputs",
            "{\"op\":\"map1\",\"inputs\":[0,0],\"function\":\"tanh\"}",
            "at nodes[1]: map1: takes 1 inputs, not 2"),
        node(
            "shapes that don't fit",
            "{\"op\":\"reshape\",\"inputs\":[0],\"shape\":[4]}",
            "at nodes[1]: reshape: x [3] has 3 elements, [4] has 4"),
        node(
            "a loop that is read without one",
            "{\"op\":\"each\",\"inputs\":[0],\"inner\":0}",
            "at nodes[1]: each: its one input is a scan"),
        node(
            "a window that is none",
            "{\"op\":\"argMaxPool\",\"inputs\":[0],\"window\":{\"axes\":[]}}",
            "at nodes[1].window: window: it needs a size for each spatial axis, as in Window.of(3,"
                + " 3)"));
  }

  @TestFactory
  List<DynamicTest> traps() {
    // Each gather has twice the axes of the one before.
    var doubling = new StringBuilder(X.replace("[3]", "[1,1]").replace("f32", "i32"));
    for (int i = 0; i < 60; i++) {
      doubling.append(",{\"op\":\"gather\",\"inputs\":[%d,%d],\"axis\":0}".formatted(i, i));
    }
    String deep = "[".repeat(100_000);
    return List.of(
        damage(
            "shapes that grow without end",
            file("", doubling.toString(), ""),
            "at nodes[6]: 65 axes are more than 64"),
        damage(
            "brackets without end",
            file("", deep, ""),
            "line 1, column 577: nested deeper than 512"));
  }

  @TestFactory
  List<DynamicTest> sizes() {
    String node = "{\"op\":\"sizeOf\",\"size\":%s,\"dtype\":\"f32\"}";
    String large = "1000000000000000";
    return List.of(
        node("negative", node.formatted("-1"), "at nodes[1].size: size -1 is negative"),
        node("broken", node.formatted("1.5"), "at nodes[1].size: expected an integer, found 1.5"),
        node(
            "no name",
            node.formatted("\"a+b\""),
            "at nodes[1].size: \"a+b\" is not a name for a size: letters, digits and _ are, as in"
                + " batch"),
        node(
            "not as it is written",
            node.formatted("\"time*batch*2\""),
            "at nodes[1].size: write this size as \"2*batch*time\""),
        node(
            "too large",
            node.formatted("\"" + large + "*" + large + "*batch\""),
            "at nodes[1].size: a size of 1000000000000000 times 1000000000000000 is too large"),
        node(
            "too long",
            node.formatted("\"" + "batch*".repeat(60) + "batch\""),
            "at nodes[1].size: a size of 365 characters is too long"),
        node(
            "too many",
            "{\"op\":\"input\",\"name\":\"x\",\"shape\":[1"
                + ",1".repeat(64)
                + "],\"dtype\":\"f32\"}",
            "at nodes[1].shape: 65 axes are more than 64"));
  }

  @TestFactory
  List<DynamicTest> constants() {
    String node = "{\"op\":\"constant\",\"value\":{\"dtype\":\"%s\",\"shape\":%s,\"values\":%s}}";
    return List.of(
        node(
            "fewer numbers than the shape takes",
            node.formatted("f32", "[1000000,1000000]", "[1]"),
            "at nodes[1].value.values: 1 numbers do not fill the shape [1000000, 1000000], which"
                + " takes 1000000000000"),
        node(
            "a shape of symbols",
            node.formatted("f32", "[\"batch\"]", "[1]"),
            "at nodes[1].value.shape: the sizes of numbers are numbers, not symbols as in [batch]"),
        node(
            "a word that is no number",
            node.formatted("f64", "[1]", "[\"nan\"]"),
            "at nodes[1].value.values[0]: unknown number \"nan\"; known are \"-Infinity\","
                + " \"Infinity\", \"NaN\""),
        node(
            "an integer that is none",
            node.formatted("i32", "[1]", "[0.5]"),
            "at nodes[1].value.values[0]: expected an integer, found 0.5"),
        node(
            "a float out of range",
            node.formatted("f32", "[1]", "[1e40]"),
            "at nodes[1].value.values[0]: expected a number that a float can hold, found 1e40"));
  }

  @TestFactory
  List<DynamicTest> loops() {
    String body =
        """
        {"op":"scan","inputs":[0],"body":{"nodes":[
          {"op":"input","name":"h","shape":[3],"dtype":"f32"},
          {"op":"map1","inputs":[0],"function":"tanh"},
          {"op":"sum","inputs":[1],"axes":[0]}],
          "steps":"time","direction":"forward","carries":[0],"sequences":[],"captured":[],"next":[1]}}
        """;
    return List.of(
        node(
            "an error inside",
            body.replace("tanh", "tan"),
            "at nodes[1].body.nodes[1].function: unknown unary \"tan\"; did you mean \"tanh\"?"),
        node(
            "a node of the body that is not there",
            body.replace("\"next\":[1]", "\"next\":[3]"),
            "at nodes[1].body.next[0]: there is no node 3: nodes are 0 to 2"),
        node(
            "a carry that changes",
            body.replace("\"next\":[1]", "\"next\":[2]"),
            "at nodes[1]: scan: a step turns the carry h [3] f32 into sum(tanh(h)) [] f32: both"
                + " must be alike"),
        node(
            "a value of each step that is not there",
            body + ",{\"op\":\"each\",\"inputs\":[1],\"inner\":3}",
            "at nodes[2].inner: there is no node 3: nodes are 0 to 2"));
  }
}
