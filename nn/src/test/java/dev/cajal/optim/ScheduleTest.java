package dev.cajal.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cajal.json.At;
import dev.cajal.testing.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The factors of 25 steps as PyTorch's schedulers give them; some by their formulas. */
class ScheduleTest {

  static List<Golden> cases() {
    return Golden.cases("schedules.json");
  }

  @Test
  void thereAreAsManyCasesAsWereMade() {
    assertThat(cases()).hasSize(8);
  }

  private static Schedule schedule(Golden golden) {
    At options = golden.options();
    return switch (golden.name()) {
      case "step" -> Schedule.step(number(options, "every"), options.get("factor").asDouble());
      case "steps" ->
          Schedule.steps(
              options.get("factor").asDouble(),
              options.get("at").list(At::asInt).stream().mapToLong(Integer::longValue).toArray());
      case "exponential" -> Schedule.exponential(options.get("factor").asDouble());
      case "cosine" -> Schedule.cosine(number(options, "steps"), options.get("last").asDouble());
      case "cosineRestarts" ->
          Schedule.cosineRestarts(
              number(options, "steps"),
              options.get("last").asDouble(),
              options.get("longer").asInt());
      case "oneCycle" -> Schedule.oneCycle(number(options, "steps"));
      case "inverseTime" -> Schedule.inverseTime(options.get("decay").asDouble());
      case "warmUp" ->
          Schedule.exponential(options.get("factor").asDouble()).warmUp(number(options, "steps"));
      default -> throw new AssertionError(golden.name());
    };
  }

  private static long number(At options, String name) {
    return options.get(name).asInt();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void factorsAreThoseOfPyTorch(Golden golden) {
    Schedule schedule = schedule(golden);
    double[] wanted = golden.output("factor").toDoubles();
    for (int step = 0; step < wanted.length; step++) {
      assertThat(schedule.at(step)).as("step %d", step).isCloseTo(wanted[step], within(1e-12));
    }
  }

  @Test
  void aConstantStaysAndACosineStaysAtItsEnd() {
    assertThat(Schedule.constant().at(1000)).isEqualTo(1);
    assertThat(Schedule.cosine(10, 0.1).at(1000)).isCloseTo(0.1, within(1e-15));
    assertThat(Schedule.oneCycle(10).at(1000)).isEqualTo(Schedule.oneCycle(10).at(9));
  }

  @Test
  void nothingIsDividedIntoNoSteps() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.cosine(0, 0.1))
        .withMessage("steps of a cosine: at least 1, not 0");
  }

  /** By walking through the cycles one by one, as far as that is possible. */
  @Test
  void aRestartIsFoundFarAway() {
    Schedule even = Schedule.cosineRestarts(10, 0.1, 1);
    assertThat(even.at(4_000_000_000_000_000_003L)).isEqualTo(even.at(3));
    Schedule longer = Schedule.cosineRestarts(10, 0, 2);
    // Cycles begin at 0, 10, 30, 70 and so on: at 10·(2ᵏ - 1).
    assertThat(longer.at(10 * ((1L << 40) - 1))).isEqualTo(1);
    assertThat(longer.at(10 * ((1L << 40) - 1) + 5 * (1L << 40))).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.exponential(0))
        .withMessage("the factor of a step is positive, not 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.step(10, Double.NaN))
        .withMessage("the factor of a drop is positive, not NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.cosine(10, -0.1))
        .withMessage("the end of a cosine is not negative; it is -0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.inverseTime(-1))
        .withMessage("the decay is not negative; it is -1.0");
  }

  @Test
  void aSchedulePrintsAsWhatItDoes() {
    assertThat(Schedule.cosine(1000, 0.1).warmUp(100))
        .hasToString("cosine over 1000 steps to 0.1, warm-up 100");
    assertThat(Schedule.steps(0.1, 30, 60)).hasToString("times 0.1 at steps [30, 60]");
    assertThat(Schedule.constant()).hasToString("constant");
  }
}
