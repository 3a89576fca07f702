package dev.cajal.engine.cpu.gemm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.testing.Choices;
import dev.cajal.testing.Property;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GemmTest {
  /** Sizes around those of tiles and of vectors, and now and then of blocks. */
  private static Case some(Choices choices) {
    int m = choices.oneIn(8) ? choices.between(230, 260) : choices.between(0, 70);
    int n = choices.oneIn(8) ? choices.between(240, 280) : choices.between(0, 70);
    int k = choices.oneIn(8) ? choices.between(380, 400) : choices.between(0, 40);
    return new Case(choices, m, n, m > 200 && n > 200 ? Math.min(k, 40) : k);
  }

  @ParameterizedTest
  @MethodSource("dev.cajal.engine.cpu.emit.Widths#allAndInTurn")
  void isTheSumOfProductsInEveryLayout(Lanes lanes) {
    Property.holds(
        80,
        choices -> {
          Case product = some(choices);
          float[] result = product.run(lanes, Epilogue.NONE);
          assertRight(product, result);
        });
  }

  @ParameterizedTest
  @MethodSource("dev.cajal.engine.cpu.emit.Widths#allAndInTurn")
  void aPackedMatrixGivesTheSameProduct(Lanes lanes) {
    Property.holds(
        40,
        choices -> {
          Case product = some(choices);
          assertRight(product, product.runPacked(lanes));
        });
  }

  private static void assertRight(Case product, float[] result) {
    float[] rest = result.clone();
    for (int i = 0; i < product.m; i++) {
      for (int j = 0; j < product.n; j++) {
        int at = product.cOffset + i * product.cRow + j;
        double error = Math.abs(product.exact(i, j) - result[at]);
        // Not for every element through AssertJ, which takes longer than all products together.
        if (!(error <= product.tolerance(i, j))) {
          fail("%s at %d, %d: %s is off by %s".formatted(product, i, j, result[at], error));
        }
        rest[at] = product.c[at];
      }
    }
    assertThat(rest).as("what is beside C").isEqualTo(product.c);
  }

  @ParameterizedTest
  @MethodSource("dev.cajal.engine.cpu.emit.Widths#allAndInTurn")
  void theBitsAreTheSameForEveryNumberOfWorkers(Lanes lanes) {
    Property.holds(
        40,
        choices -> {
          Case product = some(choices);
          float[] whole = product.run(lanes, Epilogue.NONE);
          for (int workers = 1; workers <= 8; workers += 1 + workers / 3) {
            Split split = Gemm.of(lanes).split(product.m, product.n, product.k, workers);
            assertThat(product.runSplit(lanes, split))
                .as("%s by %s", product, split)
                .isEqualTo(whole);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("dev.cajal.engine.cpu.emit.Widths#allAndInTurn")
  void theEpilogueSeesEachElementOnceAndFinal(Lanes lanes) {
    Property.holds(
        40,
        choices -> {
          Case product = some(choices);
          float[] expected = product.run(lanes, Epilogue.NONE);
          float[] result = product.c.clone();
          product.run(
              lanes,
              result,
              (rowFrom, rowTo, columnFrom, columnTo) -> {
                for (int i = rowFrom; i < rowTo; i++) {
                  int row = product.cOffset + i * product.cRow;
                  for (int j = row + columnFrom; j < row + columnTo; j++) {
                    result[j] = 2 * result[j] + 1;
                  }
                }
              });
          for (int i = 0; i < product.m; i++) {
            int row = product.cOffset + i * product.cRow;
            for (int j = row; j < row + product.n; j++) {
              expected[j] = 2 * expected[j] + 1;
            }
          }
          assertThat(result).isEqualTo(expected);
        });
  }

  @ParameterizedTest
  @MethodSource("dev.cajal.engine.cpu.emit.Widths#allAndInTurn")
  void notANumberAndInfinityStayInTheirRowsAndColumns(Lanes lanes) {
    for (int m : new int[] {1, 5, 30}) {
      int n = 37;
      int k = 21;
      var a = new float[m * k];
      var b = new float[k * n];
      var c = new float[m * n];
      Arrays.fill(a, 1);
      Arrays.fill(b, 1);
      a[3] = Float.NaN;
      b[5 * n + 7] = Float.POSITIVE_INFINITY;
      Gemm gemm = Gemm.of(lanes);
      gemm.multiply(
          m,
          n,
          k,
          a,
          0,
          k,
          1,
          b,
          0,
          n,
          1,
          c,
          0,
          n,
          false,
          new float[gemm.scratch(m, n, k)],
          Epilogue.NONE);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          float expected = i == 0 ? Float.NaN : j == 7 ? Float.POSITIVE_INFINITY : k;
          assertThat(Float.valueOf(c[i * n + j]))
              .as("%d, %d of %d rows", i, j, m)
              .isEqualTo(Float.valueOf(expected));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.cajal.engine.cpu.emit.Widths#all")
  void plainCodeGivesTheSameBits(Lanes lanes) {
    Property.holds(
        80,
        choices -> {
          Case product = some(choices);
          assertThat(product.run(lanes.inTurn(), Epilogue.NONE))
              .as(product::toString)
              .isEqualTo(product.run(lanes, Epilogue.NONE));
          assertThat(product.runPacked(lanes.inTurn()))
              .as(product::toString)
              .isEqualTo(product.runPacked(lanes));
        });
  }

  @ParameterizedTest
  @MethodSource("dev.cajal.engine.cpu.emit.Widths#allAndInTurn")
  void aRehearsalOfAnyProductStaysWithinItsMemory(Lanes lanes) {
    Property.holds(
        200,
        choices -> {
          Case its = some(choices);
          boolean isPacked = choices.oneIn(3);
          Rehearsal rehearsal =
              Gemm.of(lanes)
                  .rehearsal(
                      its.m, its.n, its.k, its.aRow, its.aColumn, its.bRow, its.bColumn, isPacked);
          assertThatCode(rehearsal::run).as(its::toString).doesNotThrowAnyException();
          assertThat(rehearsal.c).containsOnly(0);
        });
  }

  @Test
  void theSameLanesHaveTheSameKernels() {
    assertThat(Gemm.of(Lanes.of(1))).isSameAs(Gemm.of(Lanes.ONE));
  }
}
