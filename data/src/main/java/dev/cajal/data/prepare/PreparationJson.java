package dev.cajal.data.prepare;

import dev.cajal.json.At;
import dev.cajal.json.Json;
import dev.cajal.json.JsonArray;
import dev.cajal.json.JsonObject;
import dev.cajal.json.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** A preparation as plain data, as it stands in {@code model.json}. */
public final class PreparationJson {
  private PreparationJson() {}

  public static JsonObject write(Preparation preparation) {
    return JsonObject.empty()
        .with(
            "features",
            new JsonArray(
                preparation.features().stream().<Json>map(PreparationJson::feature).toList()))
        .with("target", target(preparation.target()))
        .with("missing", lower(preparation.filling()));
  }

  private static JsonObject feature(Feature feature) {
    JsonObject its = JsonObject.empty().with("column", feature.column());
    return switch (feature) {
      case Feature.Scaled(_, double mean, double deviation, var fill) ->
          filled(
              its.with("as", "scaled")
                  .with("mean", Json.number(mean))
                  .with("deviation", Json.number(deviation)),
              fill);
      case Feature.Flag(_, var no, var yes, var fill) ->
          filled(its.with("as", "flag").with("no", no).with("yes", yes), fill);
      case Feature.OneOf(_, var words, var fill) ->
          filled(its.with("as", "one of").with("words", strings(words)), fill);
      case Feature.Embedded(_, var words, var fill) ->
          filled(its.with("as", "embedded").with("words", strings(words)), fill);
      case Feature.Moment(_, double mean, double deviation, var fill, var cycles) ->
          filled(
              its.with("as", "moment")
                  .with("mean", Json.number(mean))
                  .with("deviation", Json.number(deviation))
                  .with("cycles", strings(cycles.stream().map(PreparationJson::lower).toList())),
              fill);
    };
  }

  private static JsonObject filled(JsonObject its, OptionalDouble fill) {
    return fill.isPresent() ? its.with("missing", Json.number(fill.getAsDouble())) : its;
  }

  private static JsonObject filled(JsonObject its, Optional<String> fill) {
    return fill.isPresent() ? its.with("missing", fill.get()) : its;
  }

  private static JsonObject target(Target target) {
    JsonObject its = JsonObject.empty().with("column", target.column());
    return switch (target) {
      case Target.Classes(_, var names) -> its.with("as", "classes").with("names", strings(names));
      case Target.Quantity(_, double mean, double deviation) ->
          its.with("as", "number")
              .with("mean", Json.number(mean))
              .with("deviation", Json.number(deviation));
    };
  }

  private static JsonArray strings(List<String> all) {
    return new JsonArray(all.stream().<Json>map(JsonString::new).toList());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Reads what {@link #write} gives. */
  public static Preparation read(At at) {
    at.only("features", "target", "missing");
    return new Preparation(
        at.get("features").list(PreparationJson::feature),
        target(at.get("target")),
        constant(at.get("missing"), Filling.values()));
  }

  private static Feature feature(At at) {
    String column = at.get("column").asString();
    At as = at.get("as");
    return switch (as.asString()) {
      case "scaled" ->
          new Feature.Scaled(
              column, at.get("mean").asDouble(), deviation(at), number(at.find("missing")));
      case "flag" ->
          new Feature.Flag(
              column,
              at.get("no").asString(),
              at.get("yes").asString(),
              number(at.find("missing")));
      case "one of" ->
          new Feature.OneOf(
              column, at.get("words").list(At::asString), at.find("missing").map(At::asString));
      case "embedded" ->
          new Feature.Embedded(
              column, at.get("words").list(At::asString), at.find("missing").map(At::asString));
      case "moment" ->
          new Feature.Moment(
              column,
              at.get("mean").asDouble(),
              deviation(at),
              number(at.find("missing")),
              at.get("cycles").list(its -> constant(its, Feature.Moment.Cycle.values())));
      default -> throw as.damaged("unknown: \"%s\"".formatted(as.asString()));
    };
  }

  private static OptionalDouble number(Optional<At> at) {
    return at.map(its -> OptionalDouble.of(its.asDouble())).orElse(OptionalDouble.empty());
  }

  private static double deviation(At at) {
    double deviation = at.get("deviation").asDouble();
    if (!(deviation > 0)) {
      throw at.get("deviation").damaged("a deviation is positive, not " + deviation);
    }
    return deviation;
  }

  private static Target target(At at) {
    String column = at.get("column").asString();
    At as = at.get("as");
    return switch (as.asString()) {
      case "classes" -> {
        List<String> names = at.get("names").list(At::asString);
        if (names.size() < 2) {
          throw at.get("names").damaged("two classes at least, not " + names.size());
        }
        yield new Target.Classes(column, names);
      }
      case "number" -> new Target.Quantity(column, at.get("mean").asDouble(), deviation(at));
      default -> throw as.damaged("unknown: \"%s\"".formatted(as.asString()));
    };
  }

  private static <E extends Enum<E>> E constant(At at, E[] all) {
    for (E each : all) {
      if (lower(each).equals(at.asString())) {
        return each;
      }
    }
    throw at.damaged("unknown: \"%s\"".formatted(at.asString()));
  }
}
