package dev.cajal.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PropertyTest {

  @Test
  void aTrueClaimIsTriedInFull() {
    var numbers = new ArrayList<Double>();

    Property.holds(30, choices -> numbers.add(choices.number(0, 1)));

    assertThat(numbers).hasSizeGreaterThanOrEqualTo(1).doesNotHaveDuplicates();
  }

  @Test
  void aFalseClaimSaysHowToReplayIt() {
    assertThatThrownBy(() -> Property.holds(5, choices -> assertThat(choices.size()).isNegative()))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching("(?s).*replay with -Dcajal.seed=\\d+ -Dcajal.tries=1.*");
  }

  @Test
  void theSmallestSizesThatFailAreReported() {
    Property.Claim noSizeIsTwo =
        choices -> {
          for (int i = 0; i < 100; i++) {
            assertThat(choices.size()).isNotEqualTo(2);
          }
        };

    assertThatThrownBy(() -> Property.holds(5, noSizeIsTwo))
        .hasMessageStartingWith("with sizes up to 2");
  }

  @Test
  void theSameSeedMakesTheSameChoices() {
    assertThat(shapes(new Choices(3, 5))).isEqualTo(shapes(new Choices(3, 5)));
  }

  @Test
  void shapesOftenHaveAxesWithoutElementsAndOfSizeOne() {
    Set<Integer> sizes =
        shapes(new Choices(1, 5)).stream()
            .flatMap(shape -> shape.sizes().stream())
            .map(size -> (int) size.number())
            .collect(Collectors.toSet());

    assertThat(sizes).containsExactlyInAnyOrder(0, 1, 2, 3, 5);
  }

  @Test
  void broadcastingShapesBroadcast() {
    var kinds = new HashSet<Boolean>();
    var choices = new Choices(1, 5);
    for (int i = 0; i < 200; i++) {
      Choices.Pair pair = choices.broadcasting();
      assertThat(Shape.broadcast(pair.left(), pair.right())).contains(pair.both());
      kinds.add(pair.left().equals(pair.right()));
    }

    assertThat(kinds).containsExactlyInAnyOrder(true, false);
  }

  private static List<Shape> shapes(Choices choices) {
    var shapes = new ArrayList<Shape>();
    for (int i = 0; i < 100; i++) {
      shapes.add(choices.shape(0, 4));
    }
    return shapes;
  }
}
