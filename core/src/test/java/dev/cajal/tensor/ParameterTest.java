package dev.cajal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.random.RandomStream;
import org.junit.jupiter.api.Test;

class ParameterTest {

  private static final Parameter.Initial UNIFORM = ParameterTest::uniform;

  private static Array uniform(Shape shape, RandomStream random) {
    var numbers = new float[Math.toIntExact(shape.elements().number())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.uniform(i);
    }
    return Array.wrap(numbers, shape);
  }

  @Test
  void takesNoMemoryUntilItsNumbersAreAskedFor() {
    Parameter huge = Parameter.of(UNIFORM, 50_000, 50_000);
    assertThat(huge.shape()).isEqualTo(Shape.of(50_000, 50_000));
    assertThat(huge.value().sum().shape().rank()).isZero();
    assertThat(huge.hasNumbers()).isFalse();
  }

  @Test
  void itsFirstNumbersDependOnSeedAndNameAlone() {
    assertThat(named("a", 1).array()).isEqualTo(named("a", 1).array());
    assertThat(named("a", 1).array()).isNotEqualTo(named("b", 1).array());
    assertThat(named("a", 1).array()).isNotEqualTo(named("a", 2).array());
  }

  private static Parameter named(String name, long seed) {
    Parameter parameter = Parameter.of(UNIFORM, 3);
    parameter.rename(name);
    parameter.initialise(seed);
    return parameter;
  }

  @Test
  void thoseWithoutANameDiffer() {
    assertThat(Parameter.of(UNIFORM, 3).array()).isNotEqualTo(Parameter.of(UNIFORM, 3).array());
  }

  @Test
  void initialisingAgainWritesTheSameArray() {
    Parameter parameter = named("a", 1);
    Array array = parameter.array();
    Array first = array.copy();
    parameter.set(Array.of(new float[] {1, 2, 3}));
    parameter.initialise(1);
    assertThat(parameter.array()).isSameAs(array).isEqualTo(first);
  }

  @Test
  void numbersThatAreGivenNeedNotBeMadeBefore() {
    Parameter.Initial never =
        (_, _) -> {
          throw new AssertionError("made");
        };
    Parameter parameter = Parameter.of(never, 2);
    Array given = Array.of(new float[] {3, 4});
    parameter.set(given);
    assertThat(parameter.array()).isEqualTo(given).isNotSameAs(given);
  }

  @Test
  void oneMadeWithNumbersKeepsThem() {
    Parameter parameter = Parameter.of("a", Array.of(new float[] {1, 2}));
    parameter.set(Array.of(new float[] {3, 4}));
    parameter.initialise(1);
    assertThat(parameter.array()).isEqualTo(Array.of(new float[] {3, 4}));
  }

  @Test
  void sizesMustBeNumbers() {
    assertThatThrownBy(() -> Parameter.of(UNIFORM, "batch", 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a parameter's sizes are numbers, not those of [batch, 3]");
  }

  @Test
  void firstNumbersOfAnotherShapeAreRefused() {
    Parameter.Initial wrong = (_, random) -> uniform(Shape.of(2), random);
    assertThatThrownBy(() -> Parameter.of(wrong, 3).array())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is [3] f32 and can't be set to [2] f32");
  }

  /** Looking at numbers before a model names and initialises them changes nothing. */
  @Test
  void lookingGivesItNoNumbers() {
    Parameter parameter = Parameter.of(UNIFORM, 3);
    Array seen = parameter.array();
    assertThat(parameter.hasNumbers()).isFalse();
    parameter.rename("a");
    assertThat(parameter.hasNumbers()).isFalse();
    parameter.initialise(1);
    assertThat(parameter.hasNumbers()).isTrue();
    assertThat(parameter.array()).isSameAs(seen).isEqualTo(named("a", 1).array());
  }

  @Test
  void whatHasChangedSinceItWasLookedAtIsItsOwn() {
    Parameter parameter = Parameter.of(UNIFORM, 3);
    float[] numbers = (float[]) parameter.array().data();
    numbers[1] = 7;
    assertThat(parameter.hasNumbers()).isTrue();
    Parameter other = Parameter.of(UNIFORM, 3);
    other.set(other.array().copy());
    assertThat(other.hasNumbers()).isTrue();
  }
}
