package dev.cajal.engine.cpu.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoubleGemmTest {
  private static final double[] A = {1, 2, 3, 4, 5, 6};
  private static final double[] B = {7, 8, 9, 10, 11, 12};

  // [1 2 3; 4 5 6] · [7 8; 9 10; 11 12], worked out by hand.
  private static final double[] PRODUCT = {58, 64, 139, 154};

  @Test
  void multipliesRows() {
    var c = new double[4];
    DoubleGemm.multiply(2, 2, 3, A, 0, 3, 1, B, 0, 2, 1, c, 0, 2, false);
    assertThat(c).containsExactly(PRODUCT);
  }

  @Test
  void multipliesWhatLiesByColumns() {
    double[] columns = {7, 9, 11, 8, 10, 12};
    var c = new double[4];
    DoubleGemm.multiply(2, 2, 3, A, 0, 3, 1, columns, 0, 1, 3, c, 0, 2, false);
    assertThat(c).containsExactly(PRODUCT);
  }

  @Test
  void addsToWhatIsThere() {
    double[] c = {-1, 100, 200, 300, 400};
    DoubleGemm.multiply(2, 2, 3, A, 0, 3, 1, B, 0, 2, 1, c, 1, 2, true);
    assertThat(c).containsExactly(-1, 158, 264, 439, 554);
  }

  @Test
  void nothingSummedIsZero() {
    double[] c = {1, 2, 3, 4};
    DoubleGemm.multiply(2, 2, 0, A, 0, 0, 1, B, 0, 2, 1, c, 0, 2, false);
    assertThat(c).containsExactly(0, 0, 0, 0);
  }
}
