package dev.cajal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written is what is read, for random values; the seed of a failure is in its message. */
class JsonRoundTripTest {

  @Test
  void everyValueIsReadAsItWasWritten() {
    for (long seed = 0; seed < 2000; seed++) {
      Json value = value(new Random(seed), 5);
      assertThat(Json.parse(value.write())).as("seed %d", seed).isEqualTo(value);
      assertThat(Json.parse(value.pretty())).as("seed %d", seed).isEqualTo(value);
      assertThat(Json.parse(value.pretty()).write()).as("seed %d", seed).isEqualTo(value.write());
    }
  }

  @Test
  void everyFloatIsReadAsTheSameBits() {
    var random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      float x = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(x)) {
        float read = At.top(Json.parse(Json.number(x).write())).asFloat();
        assertThat(Float.floatToRawIntBits(read)).isEqualTo(Float.floatToRawIntBits(x));
      }
    }
  }

  @Test
  void everyDoubleIsReadAsTheSameBits() {
    var random = new Random(2);
    for (int i = 0; i < 100_000; i++) {
      double x = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(x)) {
        double read = At.top(Json.parse(Json.number(x).write())).asDouble();
        assertThat(Double.doubleToRawLongBits(read)).isEqualTo(Double.doubleToRawLongBits(x));
      }
    }
  }

  @Test
  void theEndsOfTheRangesAreReadAsTheSameBits() {
    for (float x :
        new float[] {0f, -0f, Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, 1e10f}) {
      assertThat(Float.floatToRawIntBits(At.top(Json.number(x)).asFloat()))
          .isEqualTo(Float.floatToRawIntBits(x));
    }
    for (double x : new double[] {-0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0.1, 1e22, 1e23}) {
      assertThat(Double.doubleToRawLongBits(At.top(Json.number(x)).asDouble()))
          .isEqualTo(Double.doubleToRawLongBits(x));
    }
    for (long x : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(At.top(Json.number(x)).asLong()).isEqualTo(x);
    }
  }

  private static Json value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> new JsonNull();
      case 1 -> new JsonBoolean(random.nextBoolean());
      case 2 -> Json.number(random.nextLong() >> random.nextInt(64));
      case 3 -> Json.number(random.nextFloat() * 100);
      case 4 -> Json.number(Math.scalb(random.nextDouble(), random.nextInt(-1000, 1000)));
      case 5 -> new JsonString(text(random));
      case 6, 7 -> array(random, depth);
      default -> object(random, depth);
    };
  }

  private static JsonArray array(Random random, int depth) {
    List<Json> items = new ArrayList<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      items.add(value(random, random.nextBoolean() ? 0 : depth - 2));
    }
    return new JsonArray(items);
  }

  private static JsonObject object(Random random, int depth) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      members.put(text(random), value(random, depth - 1));
    }
    return new JsonObject(members);
  }

  /** Letters, controls, quotes, and whatever else Unicode has, half pairs excepted. */
  private static String text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int point = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
      text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? '"' : point);
    }
    return text.toString();
  }
}
