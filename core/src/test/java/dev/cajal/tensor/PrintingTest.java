package dev.cajal.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrintingTest {
  private final Tensor x = Tensor.input("x", "batch", 3);
  private final Tensor w = Parameter.of("w", Array.of(new float[6], 2, 3)).value();

  @Test
  void anExpressionReadsAsAFormula() {
    assertThat(x.matmul(w.transpose()).plus(1).relu()).hasToString("relu(x · wᵀ + 1)   [batch, 2]");
  }

  @Test
  void bracketsStandWhereTheyAreNeededAndNowhereElse() {
    Tensor a = Tensor.input("a");
    Tensor b = Tensor.input("b");
    assertThat(a.minus(b.minus(a)).times(b)).hasToString("(a - (b - a)) ⊙ b   []");
    assertThat(a.times(b).plus(a)).hasToString("a ⊙ b + a   []");
    assertThat(a.plus(b).negated().power(2)).hasToString("(-(a + b)) ^ 2   []");
    assertThat(a.power(2).power(3)).hasToString("(a ^ 2) ^ 3   []");
    assertThat(a.negated().negated().minus(b.negated())).hasToString("-(-a) + b   []");
    assertThat(a.plus(-1).minus(-2)).hasToString("a - 1 + 2   []");
    assertThat(x.over(x.matmul(w.transpose()).matmul(w)))
        .hasToString("x / (x · wᵀ · w)   [batch, 3]");
  }

  @Test
  void whatHasANameOrIsUsedTwiceHasALineOfItsOwn() {
    Tensor h = x.exp().named("h");
    Tensor s = h.plus(1);
    assertThat(s.times(s).toString().lines())
        .containsExactly(
            "h = exp(x)   [batch, 3]", "t1 = h + 1   [batch, 3]", "t1 ⊙ t1   [batch, 3]");
  }

  @Test
  void twoNodesOfOneNameAreToldApart() {
    Tensor h = x.exp().named("h");
    assertThat(h.plus(1).named("h").toString().lines())
        .containsExactly("h = exp(x)   [batch, 3]", "h′ = h + 1   [batch, 3]");
  }

  @Test
  void loopsInsideLoopsHaveNamesOfTheirOwn() {
    Tensor outer = Tensor.input("rows", 4, 5);
    Tensor sums =
        Recurrence.over(outer)
            .states(
                Tensor.scalar(0),
                (total, row) ->
                    total.plus(
                        Recurrence.over(row)
                            .states(Tensor.scalar(1), (product, v) -> product.times(v))
                            .at(0, -1)));
    assertThat(sums.toString().lines())
        .containsExactly(
            "loop1 = scan 4 steps: carry0′ = 0, rows′ in rows",
            "  loop2 = scan 5 steps: carry0′′ = 1, rows′′ in rows′",
            "    t3 = carry0′′ ⊙ rows′′   []",
            "    carry0′′ ← t3",
            "  t4 = carry0′ + loop2.t3[4:5]   []",
            "  carry0′ ← t4",
            "loop1.t4   [4]");
  }

  @Test
  void manyViewsOfOneVectorDoNotExhaustTheStack() {
    Tensor view = Tensor.input("v", 3);
    for (int i = 0; i < 10_000; i++) {
      view = view.insertAxis(0).removeAxis(0);
    }
    assertThat(view.brief()).isEqualTo("v [3]");
  }

  @Test
  void namesThatLookLikeOursAreSteppedOver() {
    Tensor y = x;
    for (int i = 1; i <= 5_000; i++) {
      y = y.plus(1).named("t" + i);
    }
    Tensor unnamed = y.exp();
    assertThat(unnamed.times(unnamed).toString()).contains("t5001 = exp(t5000)");
  }

  @Test
  void aWideNodeIsBriefInAnError() {
    Tensor wide = Tensor.concat(0, many(Tensor.input("v", 2), 600));
    Tensor wider = Tensor.concat(0, many(wide, 600));
    assertThat(Tensor.concat(0, many(wider, 600)).exp().brief())
        .isEqualTo("exp(concat(…)) [432000000]");
  }

  private static Tensor[] many(Tensor part, int count) {
    var parts = new Tensor[count];
    Arrays.fill(parts, part);
    return parts;
  }

  @Test
  void aGraphPrintsItsListingNotItsNodes() {
    assertThat(Graph.of(x.exp())).hasToString("exp(x)   [batch, 3]");
  }

  @Test
  void aLongListingIsCutInTheMiddle() {
    Tensor y = x;
    for (int i = 1; i <= 100; i++) {
      y = y.plus(1).named("h" + i);
    }
    List<String> lines = y.toString().lines().toList();
    assertThat(lines).hasSize(41).contains("… 60 more lines: Graph.of(…).listing() has all …");
    assertThat(Graph.of(y).listing().lines()).hasSize(100);
  }
}
