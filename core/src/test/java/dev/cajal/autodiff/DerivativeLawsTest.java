package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Numbers;
import dev.cajal.testing.Property;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is true of all derivatives, on random expressions. */
class DerivativeLawsTest {
  private static final double TOLERANCE = 1e-12;

  private static void assertEqual(Tensor found, Tensor expected, Bindings at) {
    Numbers.assertClose(
        "value", Reference.evaluate(found, at), Reference.evaluate(expected, at), TOLERANCE);
  }

  /** A smooth function of a random tensor, with everything mixed. */
  private static Tensor mixed(Tensor x) {
    Tensor y = x.sin().times(x.exp()).plus(x.sumKeeping(-1).tanh());
    return y.matmul(x.transpose()).plus(x.softmax(0).matmul(y.transpose()));
  }

  @Test
  void forwardAndReverseJacobiansAreTheSame() {
    Property.holds(
        20,
        choices -> {
          var scene = new Scene(choices);
          Tensor x = scene.x(choices.shape(2, 2));
          Tensor y = mixed(x);
          assertEqual(Jacobian.forward(y, x), Jacobian.reverse(y, x), scene.bindings());
        });
  }

  @Test
  void forwardAndReverseJacobiansOfEveryCaseAreTheSame() {
    Property.holds(
        1,
        choices -> {
          for (Case each : Catalogue.cases()) {
            var scene = new Scene(choices);
            Tensor y = each.expression().apply(scene);
            Tensor x = scene.variables().getFirst();
            if (x.shape().isNumeric()) {
              assertEqual(Jacobian.forward(y, x), Jacobian.reverse(y, x), scene.bindings());
            }
          }
        });
  }

  @Test
  void theJacobianHasTheShapeOfTheResultAndThenThatOfTheVariable() {
    Tensor x = Numbers.input("x", 2, 3);

    assertThat(Jacobian.forward(x.sum(0), x).shape()).isEqualTo(Shape.of(3, 2, 3));
    assertThat(Jacobian.reverse(x.sum(0), x).shape()).isEqualTo(Shape.of(3, 2, 3));
  }

  @Test
  void theJacobianOfALinearMapIsItsMatrix() {
    Tensor matrix = Numbers.constant(1, 2, 3, 4, 5, 6).reshape(2, 3);
    Tensor x = Numbers.input("x", 3);

    assertThat(Numbers.of(Jacobian.reverse(matrix.matmul(x), x), Bindings.of(x, 7, 8, 9)))
        .containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void theHessianOfAQuadraticFormIsTheMatrixPlusItsTranspose() {
    Tensor matrix = Numbers.constant(1, 2, 3, 4, 5, 6, 7, 8, 10).reshape(3, 3);
    Tensor x = Numbers.input("x", 3);
    Tensor form = x.matmul(matrix).dot(x);

    assertEqual(Hessian.of(form, x), matrix.plus(matrix.transpose()), Bindings.of(x, 1, -2, 0.5));
  }

  @Test
  void theGradientOfAQuadraticFormIsTheMatrixPlusItsTransposeTimesTheVector() {
    Tensor matrix = Numbers.constant(1, 2, 3, 4, 5, 6, 7, 8, 10).reshape(3, 3);
    Tensor x = Numbers.input("x", 3);
    Tensor form = x.matmul(matrix).dot(x);

    assertEqual(
        Gradient.of(form, x),
        matrix.plus(matrix.transpose()).matmul(x),
        Bindings.of(x, 1, -2, 0.5));
  }

  @Test
  void theHessianTimesAVectorNeedsNoHessian() {
    Property.holds(
        20,
        choices -> {
          var scene = new Scene(choices);
          Tensor x = scene.x(choices.shape(2, 2));
          Tensor v = scene.fixed(x.shape(), -1, 1);
          Tensor y = mixed(x).square().sum();
          Tensor whole = Hessian.of(y, x).times(v.expand(x.shape().then(x.shape())));
          assertEqual(Hessian.vector(y, x, v), whole.sum(2, 3), scene.bindings());
        });
  }

  @Test
  void theHessianIsSymmetric() {
    Property.holds(
        20,
        choices -> {
          var scene = new Scene(choices);
          Tensor x = scene.x(choices.shape(2, 2));
          Tensor hessian = Hessian.of(mixed(x).sum(), x);
          assertEqual(hessian, hessian.transpose(2, 3, 0, 1), scene.bindings());
        });
  }

  @Test
  void mixedPartialDerivativesAreTheSameInEitherOrder() {
    Tensor x = Numbers.input("x");
    Tensor y = Numbers.input("y");
    Tensor f = x.times(y).sin().plus(x.square().times(y.exp())).over(x.square().plus(1));

    assertEqual(
        Gradient.of(Gradient.of(f, x), y),
        Gradient.of(Gradient.of(f, y), x),
        Bindings.of(x, 0.7).with(y, -0.4));
  }

  @Test
  void severalVariablesMoveTogether() {
    Tensor x = Numbers.input("x", 2);
    Tensor y = Numbers.input("y", 2);
    Tensor u = Numbers.constant(1, 2);
    Tensor v = Numbers.constant(3, 4);

    // d(x·y) = u·y + x·v
    assertThat(
            Numbers.of(
                Gradient.jacobianVector(x.times(y), List.of(x, y), List.of(u, v)),
                Bindings.of(x, 5, 6).with(y, 7, 8)))
        .containsExactly(1 * 7 + 5 * 3, 2 * 8 + 6 * 4);
  }

  @Test
  void theHessianOfSeveralVariablesTimesAVectorHasAllItsBlocks() {
    Tensor x = Numbers.input("x", 2);
    Tensor y = Numbers.input("y", 2);
    Tensor f = x.square().times(y).sum();
    Tensor u = Numbers.constant(1, 2);
    Tensor v = Numbers.constant(3, 4);

    List<Tensor> products = Hessian.vector(f, List.of(x, y), List.of(u, v));

    Bindings at = Bindings.of(x, 5, 6).with(y, 7, 8);
    // ∂²f/∂x² = 2y, ∂²f/∂x∂y = 2x, ∂²f/∂y² = 0
    assertThat(Numbers.of(products.getFirst(), at))
        .containsExactly(2 * 7 + 10 * 3, 2 * 16 + 12 * 4);
    assertThat(Numbers.of(products.getLast(), at)).containsExactly(10, 24);
  }

  @Test
  void higherDerivativesOfAPowerAreItsFactorial() {
    Tensor x = Numbers.input("x");
    Tensor y = x.times(x).times(x).times(x).times(x);
    for (int order = 0; order < 5; order++) {
      y = Gradient.of(y, x);
    }

    assertThat(Numbers.of(y, Bindings.of(x, 0.3))[0]).isEqualTo(120);
  }

  @Test
  void theGradientToWhatTheResultDoesNotDependOnIsZero() {
    Tensor x = Numbers.input("x", 2, 2);
    Tensor other = Numbers.input("other", 3);

    assertThat(Numbers.of(Gradient.of(x.sum(), other))).containsExactly(0, 0, 0);
  }

  @Test
  void theGradientOfATensorToItselfIsOne() {
    Tensor x = Numbers.input("x");

    assertThat(Numbers.of(Gradient.of(x, x))).containsExactly(1);
  }

  @Test
  void theGradientIsOfTheShapeAndTheDtypeOfItsVariable() {
    Tensor x = Tensor.input("x", DType.F32, 2, 3);

    Tensor gradient = Gradient.of(x.cast(DType.F64).square().sum(), x);

    assertThat(gradient.shape()).isEqualTo(x.shape());
    assertThat(gradient.dtype()).isEqualTo(DType.F32);
  }

  @Test
  void theGradientOfATensorThatIsNoScalarIsRefused() {
    assertThatThrownBy(() -> Gradient.of(Numbers.input("x", 2), Numbers.input("x", 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "gradient: x [2] is not a scalar: take its sum or mean, or use Jacobian or"
                + " vectorJacobian");
  }

  @Test
  void theGradientToIntegersIsRefused() {
    Tensor labels = Tensor.constant(Array.of(new int[] {1, 2})).named("labels");

    assertThatThrownBy(() -> Gradient.of(labels.cast(DType.F64).sum(), labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "gradient with respect to labels [2]: it is i32, only floating point has a gradient");
  }

  @Test
  void aDirectionMustBeLikeItsVariable() {
    Tensor x = Numbers.input("x", 2);

    assertThatThrownBy(() -> Gradient.jacobianVector(x.sin(), x, Numbers.constant(1, 2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be like x [2] f64");
  }

  @Test
  void aResultThatIsLinearInAComputedNodeHasNoCurvature() {
    Tensor x = Numbers.input("x", 2);
    Tensor h = x.sin();
    assertThat(Numbers.of(Hessian.of(h.sum(), h), Bindings.of(x, 1, 2))).containsOnly(0);
    assertThat(Numbers.of(Gradient.of(Gradient.of(h.sum(), h).sum(), h), Bindings.of(x, 1, 2)))
        .containsOnly(0);
  }
}
