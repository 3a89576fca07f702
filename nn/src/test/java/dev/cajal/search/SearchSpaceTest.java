package dev.cajal.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cajal.nn.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
  private static final int DRAWS = 2000;

  private static final Space SPACE =
      Space.of(
          Dimension.logUniform("rate", 1e-5, 1e-1),
          Dimension.uniform("dropout", 0.1, 0.5),
          Dimension.integer("depth", 1, 4),
          Dimension.logInteger("width", 8, 256).onlyIfAtLeast("depth", 3),
          Dimension.choice("activation", Activation.RELU, Activation.TANH),
          Dimension.uniform("slope", 0, 1).onlyIf("activation", Activation.RELU));

  private static List<Setting> draws(Space space) {
    return IntStream.range(0, DRAWS).mapToObj(trial -> space.draw(7, trial)).toList();
  }

  /** How far numbers are from being uniform in [0, 1]: the statistic of Kolmogorov and Smirnov. */
  private static double distance(List<Setting> settings, ToDoubleFunction<Setting> part) {
    double[] sorted = settings.stream().mapToDouble(part).sorted().toArray();
    return IntStream.range(0, sorted.length)
        .mapToDouble(i ->
            Math.max((i + 1.0) / sorted.length - sorted[i], sorted[i] - (double) i / sorted.length))
        .max()
        .orElseThrow();
  }

  /** Of one uniform sample in a hundred the distance is larger. */
  private static double critical(int count) {
    return 1.628 / Math.sqrt(count);
  }

  @Test
  void numbersAreWithinTheirBounds() {
    assertThat(draws(SPACE))
        .allSatisfy(setting -> {
          assertThat(setting.number("rate")).isBetween(1e-5, 1e-1);
          assertThat(setting.number("dropout")).isBetween(0.1, 0.5);
          assertThat(setting.integer("depth")).isBetween(1, 4);
          assertThat(setting.text("activation")).isIn("relu", "tanh");
        });
  }

  @Test
  void everyIntegerIsDrawn() {
    assertThat(draws(SPACE).stream().map(setting -> setting.integer("depth")).distinct())
        .containsExactlyInAnyOrder(1, 2, 3, 4);
    Space narrow = Space.of(Dimension.logInteger("width", 1, 5));
    assertThat(draws(narrow).stream().map(setting -> setting.integer("width")).distinct())
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5);
  }

  @Test
  void aLogarithmicScaleIsUniformInTheLogarithm() {
    assertThat(distance(draws(SPACE), it -> (Math.log10(it.number("rate")) + 5) / 4))
        .isLessThan(critical(DRAWS));
  }

  @Test
  void aLinearScaleIsUniform() {
    assertThat(distance(draws(SPACE), it -> (it.number("dropout") - 0.1) / 0.4))
        .isLessThan(critical(DRAWS));
  }

  @Test
  void theWrongScaleWouldBeNoticed() {
    assertThat(distance(draws(SPACE), it -> it.number("rate") / 0.1))
        .isGreaterThan(10 * critical(DRAWS));
  }

  @Test
  void dimensionsAreDrawnIndependently() {
    double[] rates = draws(SPACE).stream().mapToDouble(it -> Math.log(it.number("rate"))).toArray();
    double[] others = draws(SPACE).stream().mapToDouble(it -> it.number("dropout")).toArray();
    double meanRate = Arrays.stream(rates).average().orElseThrow();
    double meanOther = Arrays.stream(others).average().orElseThrow();
    double both = 0;
    double squares = 0;
    double otherSquares = 0;
    for (int i = 0; i < DRAWS; i++) {
      both += (rates[i] - meanRate) * (others[i] - meanOther);
      squares += Math.pow(rates[i] - meanRate, 2);
      otherSquares += Math.pow(others[i] - meanOther, 2);
    }
    assertThat(Math.abs(both / Math.sqrt(squares * otherSquares))).isLessThan(0.06);
  }

  @Test
  void aTrialIsTheSameHoweverManyWereDrawnBefore() {
    assertThat(SPACE.draw(7, 17)).isEqualTo(draws(SPACE).get(17));
    assertThat(SPACE.draw(8, 17)).isNotEqualTo(SPACE.draw(7, 17));
  }

  /** The same numbers on every machine: these were drawn on one of them. */
  @Test
  void aTrialIsTheSameEverywhere() {
    assertThat(SPACE.draw(7, 17))
        .hasToString("rate=0.0004471 dropout=0.2117 depth=3 width=88 activation=relu slope=0.126");
  }

  @Test
  void anotherDimensionDoesNotChangeTheOthers() {
    Space more = SPACE.with(Dimension.uniform("decay", 0, 1));
    assertThat(more.draw(7, 3).number("rate")).isEqualTo(SPACE.draw(7, 3).number("rate"));
  }

  @Test
  void whatIsConditionalIsDrawnOnlyWhereTheConditionHolds() {
    assertThat(draws(SPACE))
        .allSatisfy(setting -> {
          assertThat(setting.has("width")).isEqualTo(setting.integer("depth") >= 3);
          assertThat(setting.has("slope")).isEqualTo(setting.text("activation").equals("relu"));
        });
  }

  @Test
  void numbersHaveFewDigits() {
    assertThat(draws(SPACE).stream().map(it -> it.text("rate").replaceAll("e.*|^0\\.0*|\\.", "")))
        .allMatch(digits -> digits.length() <= 5);
  }

  @Test
  void aNarrowRangeHasMoreDigits() {
    Space narrow = Space.of(Dimension.uniform("x", 1000, 1000.1));
    assertThat(draws(narrow).stream().map(it -> it.text("x")).distinct().count())
        .isGreaterThan(500);
  }

  @Test
  void aSettingIsReadByItsTypes() {
    Setting setting = SPACE.draw(7, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting.number("rats"))
        .withMessage("setting: unknown name \"rats\"; did you mean \"rate\"?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting.integer("dropout"))
        .withMessageMatching("setting: dropout is \"0\\.\\d+\", which is not an integer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting.number("activation"))
        .withMessageContaining("which is not a number");
  }

  @Test
  void spacesThatCanNotBeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(Space::of)
        .withMessage("a space has at least one dimension");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dimension.logUniform("rate", 0.1, 0.001))
        .withMessage("rate: from 0.1 to 0.001: the first bound is the smaller one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dimension.logUniform("rate", 0, 1))
        .withMessage("rate: from 0: a logarithmic scale begins above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dimension.uniform("x", 0, Double.NaN))
        .withMessage("x: from 0.0 to NaN: bounds are finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dimension.integer("depth", 3, 1))
        .withMessage("depth: from 3 to 1: the first bound is the smaller one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dimension.choice("batch"))
        .withMessage("batch: there is nothing to choose from");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dimension.choice("batch", 16, 32, 16))
        .withMessage("batch: there are two choices \"16\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Space.of(Dimension.uniform("x", 0, 1), Dimension.logUniform("x", 1, 2)))
        .withMessage("two dimensions are called \"x\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Space.of(
                Dimension.integer("depth", 1, 3),
                Dimension.integer("width", 1, 9).onlyIfAtLeast("dept", 2)))
        .withMessage(
            "width: only if dept >= 2: unknown dimension \"dept\"; did you mean \"depth\"?");
  }

  @Test
  void aConditionThatNeverHoldsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Space.of(
                Dimension.integer("depth", 1, 2),
                Dimension.integer("width", 1, 9).onlyIfAtLeast("depth", 3)))
        .withMessage("width: only if depth >= 3: depth is never more than 2");
  }
}
