package dev.cajal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.autodiff.Gradient;
import dev.cajal.autodiff.GradientCheck;
import dev.cajal.engine.Program;
import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's first program runs, and prints what the README says it prints. */
class ReadmeTest {

  @Test
  void theFirstProgramDoesWhatTheReadmeSays() throws IOException {
    Parameter w =
        Parameter.of("w", Array.of(new float[][] {{0.1f, 0.2f, 0.3f}, {-0.1f, 0, -0.2f}}));
    Parameter b = Parameter.of("b", Array.of(new float[2]));
    Tensor x = Tensor.input("x", "batch", 3);
    Tensor y = x.matmul(w.value().transpose()).plus(b.value()).sigmoid().named("y");
    Tensor loss = y.minus(1).square().mean();
    Bindings batch = Bindings.of(x, 3, 0.2, -0.1);
    Tensor slope = Gradient.of(loss, w.value());

    assertThat(readme()).containsAll(loss.toString().lines().map(line -> "// " + line).toList());
    double value = Reference.evaluate(loss, batch).item();
    // ((1 - σ(0.31))² + (1 - σ(-0.28))²) / 2, by hand
    assertThat(value).isCloseTo(0.2517044917253656, within(1e-6));
    assertThat(readme())
        .anyMatch(line -> line.endsWith("// " + Double.toString(value).substring(0, 9) + "…"));
    assertThat(Reference.evaluate(slope, batch).shape()).hasToString("[2, 3]");
    String check = GradientCheck.of(loss, batch).run().toString();
    assertThat(check).startsWith("gradient check passed: 11 elements compared; ");
    assertThat(readme())
        .anyMatch(line -> line.endsWith("// " + check.substring(0, check.indexOf(';') + 1) + " …"));
  }

  @Test
  void theProgramDoesWhatTheReadmeSays() {
    Parameter w = Parameter.of("w", Array.of(new float[] {1, 2, 3}));
    Tensor x = Tensor.input("x", "batch", 3);
    Tensor loss = x.times(w.value()).sum(1).minus(1).square().mean();
    Tensor slope = Gradient.of(loss, w.value());
    Array rows = Array.of(new float[][] {{3, 0.2f, -0.1f}});

    Program step = Program.of(loss).updating(w, w.value().minus(slope.times(0.05)));
    double before = step.run(Bindings.of(x, rows)).getFirst().item();
    Program.Call call = step.call().set("x", rows);
    call.profile(100);

    // (3·1 + 0.2·2 - 0.1·3 - 1)²
    assertThat(before).isCloseTo(2.1 * 2.1, within(1e-5));
    assertThat(call.output(0).item()).isLessThan(before);
    assertThat(call.explain()).contains("µs a run");
  }

  @Test
  void theMistakeIsAnsweredAsTheReadmeSays() throws IOException {
    Tensor images = Tensor.input("images", "batch", 784);
    Tensor weight = Parameter.of("hidden.weight", Array.of(new float[512 * 256], 512, 256)).value();
    String answer =
        readme().stream().filter(line -> line.startsWith("matmul: ")).findFirst().orElseThrow();
    assertThatThrownBy(() -> images.matmul(weight.transpose())).hasMessage(answer);
  }

  @Test
  void theReadmeCountsTheOperations() throws IOException {
    assertThat(String.join("\n", readme()))
        .contains("| " + Op.class.getPermittedSubclasses().length + " operations on f32");
  }

  private static List<String> readme() throws IOException {
    return Files.readAllLines(Path.of("..", "README.md"));
  }
}
