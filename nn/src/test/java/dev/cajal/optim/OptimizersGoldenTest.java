package dev.cajal.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.engine.Program;
import dev.cajal.json.At;
import dev.cajal.optim.Optimizers.AdaDelta;
import dev.cajal.optim.Optimizers.AdaGrad;
import dev.cajal.optim.Optimizers.AdaMax;
import dev.cajal.optim.Optimizers.Adam;
import dev.cajal.optim.Optimizers.AdamW;
import dev.cajal.optim.Optimizers.AmsGrad;
import dev.cajal.optim.Optimizers.Lion;
import dev.cajal.optim.Optimizers.Momentum;
import dev.cajal.optim.Optimizers.Nadam;
import dev.cajal.optim.Optimizers.Nesterov;
import dev.cajal.optim.Optimizers.RmsProp;
import dev.cajal.optim.Optimizers.Sgd;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Golden;
import dev.cajal.testing.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten steps of each optimizer as PyTorch takes them; of Lion by the program of its paper. */
class OptimizersGoldenTest {

  static List<Golden> cases() {
    return Golden.cases("optimizers.json");
  }

  @Test
  void thereAreTwelve() {
    assertThat(cases()).hasSize(12);
  }

  private static Optimizer optimizer(Golden golden) {
    At options = golden.options();
    double rate = options.get("rate").asDouble();
    return switch (golden.name()) {
      case "sgd" -> new Sgd(rate);
      case "momentum" -> new Momentum(rate, options.get("beta").asDouble());
      case "nesterov" -> new Nesterov(rate, options.get("beta").asDouble());
      case "adaGrad" -> new AdaGrad(rate);
      case "adaDelta" -> new AdaDelta();
      case "rmsProp" -> new RmsProp(rate);
      case "adam" -> new Adam(rate);
      case "adamW" -> new AdamW(rate, options.get("decay").asDouble());
      case "amsGrad" -> new AmsGrad(rate);
      case "adaMax" -> new AdaMax(rate);
      case "nadam" -> new Nadam(rate);
      case "lion" -> new Lion(rate, options.get("decay").asDouble(), 0.9, 0.99);
      default -> throw new AssertionError(golden.name());
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tenStepsAreThoseOfPyTorch(Golden golden) {
    check(golden, DType.F64, 1e-12);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inSinglePrecisionTheyAreNearly(Golden golden) {
    check(golden, DType.F32, 1e-5);
  }

  private static void check(Golden golden, DType dtype, double tolerance) {
    Array first = golden.numbers("inputs", "w");
    Parameter w = Parameter.of("w", first.as(dtype, first.shape()));
    Tensor g = Tensor.input("g", dtype, first.shape().sizes().toArray());
    Learner.Step step = Learner.of(optimizer(golden)).step(Map.of(w, g), Tensor.scalar(1));
    Program program = Program.of(g.sum()).updating(step.updates());
    Array gradients = golden.numbers("inputs", "g");
    for (int i = 0; i < 10; i++) {
      program.run(Map.of("g", part(gradients, i, first.shape(), dtype)));
      Array wanted = part(golden.output("w"), i, first.shape(), DType.F64);
      Numbers.assertClose("w after step " + (i + 1), w.array(), wanted, tolerance);
    }
  }

  private static Array part(Array whole, int number, Shape shape, DType dtype) {
    int size = Math.toIntExact(shape.elements().number());
    double[] part = Arrays.copyOfRange(whole.toDoubles(), number * size, (number + 1) * size);
    return Array.wrap(part, shape).as(dtype, shape);
  }
}
