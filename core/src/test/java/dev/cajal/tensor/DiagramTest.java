package dev.cajal.tensor;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DiagramTest {
  private final Tensor x = Tensor.input("x", "batch", 2);

  private static Diagram diagram(Tensor... outputs) {
    return Diagram.of(Graph.of(outputs));
  }

  private static List<String> labels(Diagram diagram) {
    return boxes(diagram.frame()).stream().map(Diagram.Box::label).toList();
  }

  private static List<Diagram.Box> boxes(Diagram.Frame frame) {
    var all = new ArrayList<>(frame.boxes());
    frame.frames().forEach(inner -> all.addAll(boxes(inner)));
    return all;
  }

  private static List<Diagram.Frame> frames(Diagram.Frame frame) {
    var all = new ArrayList<>(frame.frames());
    frame.frames().forEach(inner -> all.addAll(frames(inner)));
    return all;
  }

  private Tensor neuron() {
    Tensor w = Parameter.of("w", Array.of(new float[] {1, 2}, 2, 1)).value();
    return x.matmul(w).plus(1).named("sum").minus(x.sumKeeping(1));
  }

  @Test
  void mermaidIsAFlowchart() {
    assertThat(Graph.of(neuron()).mermaid())
        .isEqualTo(
            """
            flowchart TB
              n0(["x<br/>[batch, 2]"]):::input
              n1{{"w<br/>[2, 1]"}}:::parameter
              n2("matmul<br/>[batch, 1]"):::operation
              n3("sum#58; #43; 1<br/>[batch, 1]"):::operation
              n4("sum(axis #45;1)<br/>[batch]"):::operation
              n5("−<br/>[batch, 1]"):::output
              n0 --> n2
              n1 --> n2
              n2 --> n3
              n0 --> n4
              n3 --> n5
              n4 -->|"−"| n5
              classDef input fill:#1f6fb5,stroke:#1f6fb5,color:#ffffff
              classDef parameter fill:#2b7a4b,stroke:#2b7a4b,color:#ffffff
              classDef constant fill:#6b7280,stroke:#6b7280,color:#ffffff
              classDef random fill:#7c4dab,stroke:#7c4dab,color:#ffffff
              classDef operation fill:#eef1f5,stroke:#8a94a3,color:#1b2430
              classDef output fill:#fbe3c0,stroke:#d9822b,color:#1b2430,stroke-width:3px
              classDef loop fill:none,stroke:#808080,color:#808080,stroke-dasharray:6 4
              linkStyle default stroke:#808080
            """);
  }

  @Test
  void dotIsADigraph() {
    assertThat(Graph.of(x.tanh()).dot())
        .startsWith("digraph expression {\n")
        .contains(
            """
              n0 [label="x\\n[batch, 2]", shape=ellipse, margin="0.02,0.02", fillcolor="#1f6fb5", \
            color="#1f6fb5", fontcolor="#ffffff"];
              n1 [label="tanh\\n[batch, 2]", style="filled,rounded", penwidth=2, \
            fillcolor="#fbe3c0", color="#d9822b", fontcolor="#1b2430"];
              n0 -> n1;
            }
            """);
  }

  @Test
  void whatCouldMeanSomethingIsEscaped() {
    Graph graph = Graph.of(Tensor.input("a\"b<c>&\\n#1;\n%%{x}%% $$y$$ `z` 漢", 1));
    assertThat(graph.mermaid())
        .contains(
            "a#34;b#60;c#62;#38;#92;#8203;n#35;1#59; #37;#37;#123;x#125;#37;#37;"
                + " #36;#8203;#36;#8203;y#36;#8203;#36;#8203; #96;z#96; 漢<br/>[1]");
    assertThat(graph.dot()).contains("\"a\\\"b<c>&amp;\\\\n#1; %%{x}%% $$y$$ `z` 漢\\n[1]\"");
  }

  @Test
  void whatCannotBeSeenDoesNotDisturb() {
    Graph graph = Graph.of(Tensor.input("a\u202Eb\u0000c\u2028d", 1));
    assertThat(graph.dot()).contains("\"a\uFFFDb c d\\n[1]\"");
  }

  @Test
  void numbersAndBroadcastsAreWrittenIntoWhatUsesThem() {
    Tensor mean = x.mean(0).times(Tensor.scalar(16).sqrt());
    assertThat(labels(diagram(Tensor.where(mean.lessThan(0), mean, Tensor.zeros(2)))))
        .containsExactly("x", "sum(axis -2)", "/ batch", "⊙ sqrt(16)", "< 0", "where else 0");
  }

  @Test
  void aNumberThatIsAskedForHasABox() {
    Tensor half = Tensor.scalar(0.5);
    assertThat(labels(diagram(half, x.times(half)))).containsExactly("x", "0.5", "⊙");
  }

  @Test
  void whatALoopStartsFromHasABox() {
    Tensor xs = Tensor.input("xs", "time", 2);
    Tensor states = Recurrence.over(xs).states(Tensor.zeros(2), Tensor::plus);
    Diagram diagram = diagram(states);
    assertThat(labels(diagram)).containsExactly("xs", "0", "every step", "carry0′", "xs′", "+");
    assertThat(diagram.arrows().stream().filter(Diagram.Arrow::back)).hasSize(1);
  }

  @Test
  void aLoopIsAFrameIntoWhichWhatItCapturesIsLed() {
    Tensor w = Parameter.of("w", Array.of(new float[] {1, 2})).value();
    Tensor xs = Tensor.input("xs", "time", 2);
    Tensor h = Tensor.input("h", 2);
    String text =
        Graph.of(Recurrence.over(xs).backward().states(h, (s, slice) -> s.times(w).plus(slice)))
            .mermaid();
    assertThat(text)
        .contains(
            """
              subgraph loop0["loop#58; time steps, last step first"]
                n3(["h′<br/>[2]"]):::input
                n4(["xs′<br/>[2]"]):::input
                n5("⊙<br/>[2]"):::operation
                n6("#43;<br/>[2]"):::operation
              end
              class loop0 loop
            """)
        .contains("  n0 --> n5\n")
        .contains("  n6 -.->|\"next\"| n3\n");
  }

  @TestFactory
  Stream<DynamicTest> everyBoxIsThereOnceAndEveryArrowJoinsTwo() {
    return ExpressionSamples.all().entrySet().stream()
        .map(sample ->
            dynamicTest(
                sample.getKey(),
                () -> {
                  Graph graph = Graph.of(sample.getValue().values());
                  Diagram diagram = Diagram.of(graph);
                  List<Diagram.Box> boxes = boxes(diagram.frame());
                  Set<String> ids = boxes.stream().map(Diagram.Box::id).collect(toSet());
                  assertThat(ids).hasSameSizeAs(boxes);
                  assertThat(boxes).allSatisfy(box -> assertThat(box.label()).isNotBlank());
                  assertThat(diagram.arrows())
                      .allSatisfy(arrow -> assertThat(ids).contains(arrow.from(), arrow.to()));
                  assertThat(
                          boxes.stream().filter(box -> box.kind() == Diagram.Kind.OUTPUT).count())
                      .isLessThanOrEqualTo(Set.copyOf(graph.outputs()).size());
                  int loops = frames(diagram.frame()).size();
                  assertThat(graph.mermaid().lines().filter(line -> line.strip().equals("end")))
                      .hasSize(loops);
                  assertThat(graph.dot().lines().filter(line -> line.endsWith("{")))
                      .hasSize(loops + 1);
                  assertThat(graph.dot().lines().filter(line -> line.strip().equals("}")))
                      .hasSize(loops + 1);
                  assertThat(graph.mermaid().lines().filter(line -> line.contains(":::")))
                      .hasSameSizeAs(boxes);
                }));
  }

  @Test
  void aChainOfAHundredThousandNodesIsDrawn() {
    Tensor chain = x;
    for (int i = 0; i < 50_000; i++) {
      chain = chain.tanh().reshape(i % 2 == 0 ? Shape.of("batch", 1, 2) : Shape.of("batch", 2));
    }
    for (int i = 0; i < 50_000; i++) {
      chain = chain.reshape(i % 2 == 0 ? Shape.of("batch", 1, 2) : Shape.of("batch", 2));
    }
    assertThat(boxes(diagram(chain).frame())).hasSizeGreaterThan(50_000);
    assertThat(Graph.of(chain).dot().lines()).hasSizeGreaterThan(100_000);
  }
}
