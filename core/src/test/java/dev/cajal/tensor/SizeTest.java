package dev.cajal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.testing.Choices;
import dev.cajal.testing.Property;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sizes are counted with as numbers are, as far as monomials go. */
class SizeTest {
  private static final Map<String, Long> NUMBERS = Map.of("a", 3L, "b", 5L, "c", 7L);
  private static final int TRIES = 300;

  private static Size size(Choices choices) {
    List<String> symbols =
        IntStream.range(0, choices.between(0, 3))
            .mapToObj(_ -> choices.oneOf("a", "b", "c"))
            .toList();
    return new Size(choices.between(0, 6), symbols);
  }

  private static long number(Size size) {
    return size.bind(NUMBERS).number();
  }

  @Test
  void productsAreThoseOfTheNumbers() {
    Property.holds(
        TRIES,
        c -> {
          Size x = size(c);
          Size y = size(c);
          assertThat(number(x.times(y))).isEqualTo(number(x) * number(y));
        });
  }

  @Test
  void productsCommute() {
    Property.holds(
        TRIES,
        c -> {
          Size x = size(c);
          Size y = size(c);
          assertThat(x.times(y)).isEqualTo(y.times(x));
        });
  }

  @Test
  void productsAssociate() {
    Property.holds(
        TRIES,
        c -> {
          Size x = size(c);
          Size y = size(c);
          Size z = size(c);
          assertThat(x.times(y).times(z)).isEqualTo(x.times(y.times(z)));
        });
  }

  @Test
  void oneIsNeutralAndZeroSwallows() {
    Property.holds(
        TRIES,
        c -> {
          Size x = size(c);
          assertThat(x.times(Size.ONE)).isEqualTo(x);
          assertThat(x.times(Size.ZERO)).isEqualTo(Size.ZERO);
        });
  }

  @Test
  void aProductDividedByAFactorIsTheOther() {
    Property.holds(
        TRIES,
        c -> {
          Size x = size(c);
          Size y = size(c);
          if (!y.is(0) && !x.is(0)) {
            assertThat(x.times(y).over(y)).contains(x);
          }
        });
  }

  @Test
  void quotientsAreThoseOfTheNumbers() {
    Property.holds(
        TRIES,
        c -> {
          Size x = size(c);
          Size y = size(c);
          x.over(y).ifPresent(z -> assertThat(number(z) * number(y)).isEqualTo(number(x)));
        });
  }

  @Test
  void sumsAreThoseOfTheNumbers() {
    Property.holds(
        TRIES,
        c -> {
          Size x = size(c);
          Size y = size(c);
          x.plus(y).ifPresent(z -> assertThat(number(z)).isEqualTo(number(x) + number(y)));
        });
  }

  @Test
  void whatIsPrintedIsReadBack() {
    Property.holds(
        TRIES,
        c -> {
          Size x = size(c);
          assertThat(Size.parse(x.toString())).isEqualTo(x);
        });
  }

  @Test
  void bindingInTwoStepsIsBindingInOne() {
    Property.holds(
        TRIES,
        c -> {
          Size x = size(c);
          assertThat(x.bind(Map.of("a", 3L)).bind(NUMBERS)).isEqualTo(x.bind(NUMBERS));
        });
  }

  @Test
  void theOrderOfSymbolsDoesNotMatter() {
    assertThat(Size.parse("time*batch"))
        .isEqualTo(Size.parse("batch·time"))
        .hasToString("batch·time");
  }

  @Test
  void unlikeSizesHaveNoSum() {
    assertThat(Size.symbol("a").plus(Size.symbol("b"))).isEmpty();
    assertThat(Size.symbol("a").plus(Size.ONE)).isEmpty();
  }

  @Test
  void likeSizesAdd() {
    assertThat(Size.symbol("a").plus(Size.symbol("a"))).contains(Size.parse("2*a"));
  }

  @Test
  void nothingIsDividedByZero() {
    assertThat(Size.of(6).over(Size.ZERO)).isEmpty();
  }

  @Test
  void divisionLeavesNothingOver() {
    assertThat(Size.of(7).over(Size.of(2))).isEmpty();
    assertThat(Size.symbol("a").over(Size.symbol("b"))).isEmpty();
    assertThat(Size.parse("6*a*b").over(Size.parse("2*b"))).contains(Size.parse("3*a"));
  }

  @Test
  void zeroHasNoSymbols() {
    assertThat(new Size(0, List.of("a"))).isEqualTo(Size.ZERO);
  }

  @Test
  void aSymbolHasNoNumber() {
    assertThatThrownBy(() -> Size.symbol("batch").number())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("size batch is a symbol: it has no number until it is bound");
  }

  @Test
  void negativeSizesAreRefused() {
    assertThatThrownBy(() -> Size.of(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size -1 is negative");
  }

  @Test
  void namesAreLettersAndDigits() {
    assertThatThrownBy(() -> Size.symbol("two words"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"two words\" is not a name for a size");
  }

  @Test
  void aProductTooLargeForALongIsRefused() {
    assertThatThrownBy(() -> Size.of(Long.MAX_VALUE).times(Size.of(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a size of 9223372036854775807 times 2 is too large");
  }
}
