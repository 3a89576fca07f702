package dev.cajal.engine;

import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Choices;
import dev.cajal.testing.Property;
import dev.cajal.testing.RandomGraph;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Matrix products of all proportions, with what a compiler fuses into them: more rows, columns and
 * terms than a block of them has.
 */
class ProgramAgreesOnProductsTest {
  private static final int LONGEST = 700;
  private static final int PRODUCTS = 400_000;

  @Test
  void productsWithWhatFollowsThem() {
    Property.holds(60, ProgramAgreesOnProductsTest::check);
  }

  private static void check(Choices choices) {
    int rows = length(choices, LONGEST);
    int inner = length(choices, Math.min(LONGEST, PRODUCTS / rows));
    int columns = length(choices, Math.min(LONGEST, PRODUCTS / rows / inner));
    boolean leftTurned = choices.oneIn(3);
    boolean rightTurned = choices.oneIn(3);
    Tensor x = leftTurned ? Tensor.input("x", inner, rows) : Tensor.input("x", rows, inner);
    Tensor w = rightTurned ? Tensor.input("w", columns, inner) : Tensor.input("w", inner, columns);
    Tensor product = (leftTurned ? x.transpose() : x).matmul(rightTurned ? w.transpose() : w);
    Tensor b = Tensor.input("b", columns);
    Tensor y = followed(choices, product, b);
    Bindings bindings = Bindings.none().with(x, choices.numbers(x)).with(w, choices.numbers(w));
    bindings = isPart(b, y) ? bindings.with(b, choices.numbers(b)) : bindings;
    List<Tensor> outputs = choices.oneIn(4) ? List.of(y, product) : List.of(y);
    new RandomGraph(outputs, Map.of(), bindings)
        .check(ProgramAgreesOnRandomGraphsTest.onThreads(choices.between(1, 3)));
  }

  /** Short as often as long. */
  private static int length(Choices choices, int longest) {
    int most = choices.oneIn(2) ? Math.min(20, longest) : longest;
    return choices.between(1, Math.max(1, most));
  }

  private static Tensor followed(Choices choices, Tensor product, Tensor b) {
    return switch (choices.between(0, 7)) {
      case 0 -> product;
      case 1 -> product.plus(b);
      case 2 -> product.times(0.1).tanh();
      case 3 -> product.plus(b).relu();
      case 4 -> product.times(0.1).plus(b).sigmoid();
      case 5 -> product.times(0.1).gelu();
      case 6 -> product.times(0.1).softmax(-1);
      default -> product.times(0.1).exp().times(product.plus(1));
    };
  }

  private static boolean isPart(Tensor leaf, Tensor y) {
    return Graph.of(y).nodes().contains(leaf);
  }
}
