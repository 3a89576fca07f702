package dev.cajal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody sees whose JVM has no vectors: the right numbers, and once what to do about it. */
class ProgramWithoutVectorsTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** What a run in a JVM of its own warns of. */
  private static List<String> warnings(String... options) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Once.class.getName()));
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed;
    try (var output = child.getInputStream()) {
      printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(child.waitFor()).as(printed).isZero();
    assertThat(printed).contains("[3.0, 3.0]");
    return Arrays.stream(printed.split("\n")).filter(line -> line.contains("no vectors")).toList();
  }

  /** Two programs, so that a warning for each would be noticed. */
  static final class Once {
    private Once() {}

    public static void main(String[] arguments) {
      Tensor x = Tensor.input("x", 2, 3);
      Bindings bindings = Bindings.none().with(x, Array.of(new float[][] {{1, 1, 1}, {1, 1, 1}}));
      Program.of(x.exp().softmax(-1)).run(bindings);
      float[] sums = (float[]) Program.of(x.sum(-1)).run(bindings).getFirst().data();
      System.out.println(Arrays.toString(sums));
    }
  }

  @Test
  void theModuleIsMissing() throws Exception {
    assertThat(warnings()).singleElement().asString().contains(" --add-modules jdk.incubator");
  }

  @Test
  void theCompilerIsOff() throws Exception {
    for (String option :
        List.of(
            "-XX:TieredStopAtLevel=0",
            "-XX:TieredStopAtLevel=1",
            "-XX:TieredStopAtLevel=3",
            "-Xint")) {
      assertThat(warnings(MODULE, option))
          .as(option)
          .singleElement()
          .asString()
          .contains("start java without " + option);
    }
  }

  @Test
  void whoWantsNoneIsToldNothing() throws Exception {
    assertThat(warnings(MODULE, "-Dcajal.vectors=none")).isEmpty();
    assertThat(warnings(MODULE)).isEmpty();
  }
}
