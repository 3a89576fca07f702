package dev.cajal.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a seed gives, for ever: a change of these numbers breaks every saved run.
 *
 * <p>The expected numbers were made by a second implementation, in Python, from the papers and the
 * documentation alone; the normal ones with {@code statistics.NormalDist().inv_cdf} and mpmath.
 */
class RandomStreamTest {

  private static final RandomStream STREAM = new RandomStream(7, 3);

  @Test
  void thePositionsOfAStreamAreTheWordsOfItsBlocks() {
    assertThat(IntStream.range(0, 6).map(STREAM::bits))
        .containsExactly(0x97B356D9, 0x1FB03C42, 0x29A796E8, 0x998B4610, 0x965F7ECE, 0x75BA33D8);
    assertThat(STREAM.bits((1L << 40) + 1)).isEqualTo(0xAE7FA0DF);
    assertThat(STREAM.bits(-1)).isEqualTo(0x5385F942);
    assertThat(new RandomStream(-1, -2).bits(9)).isEqualTo(0x18D29671);
  }

  @Test
  void aUniformValueIsTheUpperTwentyFourBits() {
    assertThat(STREAM.uniform(0)).isEqualTo(0.5925801992416382);
    assertThat(STREAM.uniform(1)).isEqualTo(0.12378287315368652);
    assertThat((double) (float) STREAM.uniform(2)).isEqualTo(STREAM.uniform(2));
  }

  @Test
  void aNormalValueIsTheInverseDistributionFunctionOfAllBits() {
    assertThat(STREAM.normal(0)).isCloseTo(0.23418739507644734, within(1e-15));
    assertThat(STREAM.normal(1)).isCloseTo(-1.1562821252068816, within(1e-15));
    assertThat(STREAM.normal(3)).isCloseTo(0.2527813189433686, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({
    "-2, 2, 0.2233484114468, -1.0762807101959606, -0.9227832371784296",
    "-1, 8, 0.40488651319827706, -0.6347389684998687, -0.5372329095414046",
    "0, 1, 0.5309525077760991, 0.10611044676727523, 0.1396744317529749",
    "-8, -3, -3.1559348654458566, -3.5872463543375317, -3.5152784255784093",
    "5, 6, 5.1694815652187085, 5.02532439374837, 5.034003830330448",
    "20, 21, 20.044734375133924, 20.006589593209068, 20.00885546144181",
    "-21, -20, -20.026081602192917, -20.1039333660245, -20.090359820826325"
  })
  void aTruncatedNormalValueIsRightInTheMiddleAndInTheTails(
      double low, double high, double first, double second, double third) {
    assertThat(STREAM.truncatedNormal(low, high, 0)).isCloseTo(first, within(4e-15));
    assertThat(STREAM.truncatedNormal(low, high, 1)).isCloseTo(second, within(4e-15));
    assertThat(STREAM.truncatedNormal(low, high, 2)).isCloseTo(third, within(4e-15));
  }

  /** The position holds 0xFFFFFFFC: a value where 1 − Φ has lost most of its digits. */
  @Test
  void aTruncatedNormalValueFarUpIsAsAccurateAsOneFarDown() {
    assertThat(STREAM.truncatedNormal(-1, 8, 189_445_358))
        .isCloseTo(6.058820024104932, within(4e-15));
    assertThat(STREAM.truncatedNormal(-8, 8, 189_445_358))
        .isCloseTo(6.030966895765466, within(4e-15));
  }

  @Test
  void anUnboundedTruncationChangesNothing() {
    assertThat(STREAM.truncatedNormal(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1))
        .isCloseTo(STREAM.normal(1), within(1e-15));
  }

  @Test
  void aTruncationToAlmostNothingStaysWithin() {
    double next = Math.nextUp(1.5);
    assertThat(STREAM.truncatedNormal(1.5, next, 0)).isBetween(1.5, next);
    assertThat(STREAM.truncatedNormal(-next, -1.5, 0)).isBetween(-next, -1.5);
    assertThat(STREAM.truncatedNormal(37, 1e9, 0)).isBetween(37.0, 37.2);
  }

  @Test
  void anImpossibleTruncationIsRefused() {
    assertThatThrownBy(() -> STREAM.truncatedNormal(2, -2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a truncated normal needs low < high, some of it within 37.5 of 0, not [2.0, -2.0]");
    assertThatThrownBy(() -> STREAM.truncatedNormal(40, 41, 0))
        .hasMessage(
            "a truncated normal needs low < high, some of it within 37.5 of 0, not [40.0, 41.0]");
    assertThatThrownBy(() -> STREAM.truncatedNormal(Double.NaN, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBoundedIntegerIsTheUpperHalfOfAProduct() {
    assertThat(IntStream.range(0, 5).map(i -> STREAM.below(1_000_003, i)))
        .containsExactly(592582, 123783, 162713, 599783, 587396);
  }

  /** With this bound a quarter of all bits is rejected: here those of positions 2, 3 and 5. */
  @Test
  void bitsThatWouldMakeABiasAreReplacedFromADerivedStream() {
    assertThat(IntStream.range(0, 8).map(i -> STREAM.below(3 << 29, i)))
        .containsExactly(
            954417297, 199366296, 501303228, 835748377, 946065293, 494567990, 114824634, 841056373);
  }

  @Test
  void nothingIsDrawnBelowZero() {
    assertThatThrownBy(() -> STREAM.below(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nothing is drawn from 0 up to below 0");
  }

  @Test
  void aProbabilityOutsideZeroToOneIsRefused() {
    assertThatThrownBy(() -> STREAM.bernoulli(1.5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a probability is from 0 to 1, not 1.5");
    assertThatThrownBy(() -> STREAM.bernoulli(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPermutationIsWhatItsStreamSays() {
    assertThat(STREAM.permutation(10)).containsExactly(1, 8, 6, 7, 5, 2, 0, 4, 3, 9);
    assertThat(STREAM.permutation(1)).containsExactly(0);
    assertThat(STREAM.permutation(0)).isEmpty();
    assertThatThrownBy(() -> STREAM.permutation(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a permutation of -1 numbers");
  }

  @Test
  void aPermutationHasEveryNumberOnce() {
    for (int size : new int[] {2, 255, 256, 257, 258, 513, 100_000}) {
      assertThat(IntStream.of(STREAM.permutation(size)).sorted())
          .containsExactlyElementsOf(IntStream.range(0, size).boxed().toList());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', C3817C016BA4FF30",
    "dropout, 16D053C301D1890A",
    "hidden.weight, 73978CCFFA2E28E0",
    "μ, 15E7053FD00C5F01",
    "Ramón y Cajal, 628EE088B3833D99"
  })
  void aNameMakesAStream(String name, String stream) {
    assertThat(RandomStream.of(7, name))
        .isEqualTo(new RandomStream(7, Long.parseUnsignedLong(stream, 16)));
  }

  @Test
  void seedsAndStreamsOfStepsAreMixedBySplitMix() {
    // the published first output of SplitMix64 from state 0
    assertThat(SplitMix.mix(0)).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(RandomStream.seedAt(0, 0)).isEqualTo(0xA706DD2F4D197E6FL);
    assertThat(RandomStream.seedAt(7, 1)).isEqualTo(0x3D41BF495CD3075FL);
    assertThat(RandomStream.seedAt(7, -1)).isEqualTo(0xA9A96B699DC41760L);
    assertThat(new RandomStream(5, 1).derive(0))
        .isEqualTo(new RandomStream(5, 0x5E41AB087439611EL));
  }

  @Test
  void noTwoPairsOfSeedAndStepMakeTheSameSeed() {
    var seeds = new HashSet<Long>();
    for (long seed = 0; seed < 300; seed++) {
      for (long step = 0; step < 300; step++) {
        assertThat(seeds.add(RandomStream.seedAt(seed, step))).isTrue();
      }
    }
  }
}
