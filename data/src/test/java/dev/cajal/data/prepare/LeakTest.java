package dev.cajal.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.data.table.Table;
import dev.cajal.data.table.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing of the rows that are judged by goes into what is learned. */
class LeakTest {
  private static final int ROWS = 400;

  private static int[] judged(Split split) {
    return IntStream.concat(Arrays.stream(split.validation()), Arrays.stream(split.test()))
        .toArray();
  }

  /** Columns of every kind; the values of some rows are others, some of them unheard of. */
  private static Table table(int... changed) {
    var random = new SplittableRandom(5);
    var scaled = new double[ROWS];
    var dates = new double[ROWS];
    var flags = new String[ROWS];
    var few = new String[ROWS];
    var many = new String[ROWS];
    var target = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      scaled[i] = i % 17 == 0 ? Double.NaN : random.nextGaussian();
      dates[i] = 3600.0 * random.nextInt(30_000);
      flags[i] = i % 19 == 0 ? "" : random.nextBoolean() ? "yes" : "no";
      few[i] = i % 23 == 0 ? "" : "f" + random.nextInt(7);
      many[i] = "m" + random.nextInt(60);
      target[i] = random.nextGaussian();
    }
    for (int row : changed) {
      scaled[row] = 1e6 + row;
      dates[row] = -1e10 - row;
      flags[row] = "perhaps";
      few[row] = "new" + row % 3;
      many[row] = "unheard of " + row % 50;
      target[row] = -1e5 * row - 0.5;
    }
    List<Column> columns =
        List.of(
            Numbers.of("scaled", scaled),
            Numbers.of("dates", dates).asDates(),
            Words.of("flags", flags),
            Words.of("few", few),
            Words.of("many", many),
            Numbers.of("target", target));
    return new Table("it", columns);
  }

  private static Preparing preparing(Table table, Filling filling) {
    return Preparing.of(table, "target", Optional.of(Task.REGRESSION), filling);
  }

  @ParameterizedTest
  @EnumSource(names = {"MEAN", "MEDIAN", "MODE"})
  void whatIsLearnedDependsOnTheTrainingRowsAlone(Filling filling) {
    var preparing = preparing(table(), filling);
    Split split = Split.random(preparing.rows(), Split.Parts.usual(ROWS), 3);
    Preparation learned = preparing.learned(split.training());
    assertThat(preparing(table(judged(split)), filling).learned(split.training()))
        .isEqualTo(learned);
    assertThat(learned.features()).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource(names = {"MEAN", "MEDIAN", "MODE"})
  void whatIsLearnedDependsOnTheTrainingRows(Filling filling) {
    var preparing = preparing(table(), filling);
    Split split = Split.random(preparing.rows(), Split.Parts.usual(ROWS), 3);
    Preparation learned = preparing.learned(split.training());
    Preparation other =
        preparing(table(split.training()[0], split.training()[7]), filling)
            .learned(split.training());
    for (int i = 0; i < learned.features().size(); i++) {
      assertThat(other.features().get(i)).isNotEqualTo(learned.features().get(i));
    }
    assertThat(other.target()).isNotEqualTo(learned.target());
  }
}
