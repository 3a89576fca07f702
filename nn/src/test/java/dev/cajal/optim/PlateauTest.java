package dev.cajal.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlateauTest {

  private static void assertPaces(Plateau plateau, double[] losses, double... paces) {
    for (int i = 0; i < paces.length; i++) {
      assertThat(plateau.pace(Arrays.copyOf(losses, i + 1)))
          .as("after %d epochs", i + 1)
          .isCloseTo(paces[i], within(1e-12));
    }
  }

  /** The rates that PyTorch 2.13's ReduceLROnPlateau has after each of these losses. */
  @Test
  void ratesAreThoseOfPyTorch() {
    double[] losses = {5, 4, 4, 4, 4, 3.9999, 3.9, 4, 4, 4, 4, 4, 4, 4, 1, 1, 1, 1};
    assertPaces(
        new Plateau(2, 0.5, 1e-4, 0.2),
        losses,
        1.0,
        1.0,
        1.0,
        1.0,
        0.5,
        0.5,
        0.5,
        0.5,
        0.5,
        0.25,
        0.25,
        0.25,
        0.2,
        0.2,
        0.2,
        0.2,
        0.2,
        0.2);
    assertPaces(
        new Plateau(0, 0.1, 1e-2, 0),
        new double[] {1, 2, 3, 2, 1, 0.999, 0.99},
        1,
        0.1,
        0.01,
        0.001,
        0.0001,
        1e-05,
        1e-06);
  }

  @Test
  void whatIsBetterTheSmallerMayBeNegative() {
    Plateau plateau = Plateau.of(0, 0.5);
    assertThat(plateau.pace(-0.5, -0.6, -0.7)).isEqualTo(1);
    assertThat(plateau.pace(-0.5, -0.5)).isEqualTo(0.5);
  }

  @Test
  void whatIsNoNumberIsNoBest() {
    assertThat(Plateau.of(1, 0.5).pace(Double.NaN, 3, 2, 1, 0.5)).isEqualTo(1);
  }

  @Test
  void noneNeverLowers() {
    assertThat(Plateau.none().pace(1, 2, 3, 4)).isEqualTo(1);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Plateau.of(-1, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> Plateau.of(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Plateau.of(1, 1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new Plateau(1, 0.5, 2, 0));
  }
}
