package dev.cajal.data.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CanvasTest {

  private static final int SIZE = 20;

  @Test
  void aFlatStrokeHasTheAreaOfARectangle() {
    // 3 wide, 9 long, and as far beyond each end as the nib reaches: 9 + 2 · 1.5
    assertThat(area(stroke(new Nib(1, 0, 1.5f, 1.5f), false))).isCloseTo(3 * 12.0, within(0.6));
  }

  @Test
  void aRoundStrokeEndsInHalfCircles() {
    assertThat(area(stroke(new Nib(1, 0, 1.5f, 1.5f), true)))
        .isCloseTo(3 * 9.0 + Math.PI * 2.25, within(0.6));
  }

  @Test
  void aBroadNibMakesStrokesWideAcrossItAndThinAlongIt() {
    assertThat(area(stroke(new Nib(1, 0, 2.5f, 1), false))).isCloseTo(2 * (9 + 5.0), within(0.6));
    assertThat(area(stroke(new Nib(0, 1, 2.5f, 1), false))).isCloseTo(5 * (9 + 2.0), within(0.6));
  }

  @Test
  void aDotIsACircle() {
    var ink = new float[SIZE * SIZE];
    new Canvas(SIZE, ink, 0, 1)
        .stroke(
            new Nib(1, 0, 3, 3),
            new float[] {9.3f},
            new float[] {9.6f},
            new float[] {1.5f},
            0,
            1,
            true);
    assertThat(area(ink)).isCloseTo(Math.PI * 4.5 * 4.5, within(0.6));
  }

  @Test
  void whatLiesOutsideIsLeftOut() {
    var ink = new float[SIZE * SIZE];
    new Canvas(SIZE, ink, 0, 1)
        .stroke(
            new Nib(1, 0, 1.5f, 1.5f),
            new float[] {-30, 50},
            new float[] {8, 8},
            new float[] {1, 1},
            0,
            2,
            true);
    assertThat(area(ink)).isCloseTo(3.0 * SIZE, within(0.6));
  }

  /** From (5, 10) to (14, 10), in two pieces. */
  private static float[] stroke(Nib nib, boolean round) {
    var ink = new float[SIZE * SIZE];
    new Canvas(SIZE, ink, 0, 1)
        .stroke(
            nib,
            new float[] {5, 9, 14},
            new float[] {10, 10, 10},
            new float[] {1, 1, 1},
            0,
            3,
            round);
    return ink;
  }

  private static double area(float[] ink) {
    double area = 0;
    for (float coverage : ink) {
      area += coverage;
    }
    return area;
  }
}
