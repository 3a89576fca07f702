package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Property;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case of the {@link Catalogue} against central differences, on random shapes and values. */
class EveryOpHasARightGradientTest {
  private static final int TRIES = 25;
  private static final double TOLERANCE = 1e-6;

  @TestFactory
  Stream<DynamicTest> theFirstDerivativeIsThatOfCentralDifferences() {
    return Catalogue.cases().stream()
        .map(each ->
            dynamicTest(
                each.toString(),
                () -> Property.holds(TRIES, choices -> check(new Scene(choices), each))));
  }

  private static void check(Scene scene, Case each) {
    Tensor y = each.expression().apply(scene);
    requireRight(y, scene);
  }

  @TestFactory
  Stream<DynamicTest> theSecondDerivativeIsThatOfCentralDifferences() {
    return Catalogue.cases().stream()
        .map(each ->
            dynamicTest(
                each.toString(),
                () -> Property.holds(TRIES, choices -> checkTwice(new Scene(choices), each))));
  }

  private static void checkTwice(Scene scene, Case each) {
    Tensor y = Scene.weighted(each.expression().apply(scene));
    List<Tensor> slopes = Gradient.of(y, scene.variables());
    requireRight(
        Tensor.concat(0, slopes.stream().map(Tensor::flatten).toArray(Tensor[]::new)), scene);
  }

  private static void requireRight(Tensor y, Scene scene) {
    GradientCheck.Report report =
        GradientCheck.of(y, scene.bindings())
            .withRespectTo(scene.variables().toArray(Tensor[]::new))
            .withTolerance(TOLERANCE)
            .run();
    assertThat(report.passed()).as("%s\n%s\n%s", report, y, scene.bindings().values()).isTrue();
  }
}
