package dev.cajal.bench.race;

import dev.cajal.json.Json;
import dev.cajal.json.JsonArray;
import dev.cajal.json.JsonBoolean;
import dev.cajal.json.JsonObject;
import dev.cajal.json.JsonString;
import java.util.ArrayList;
import java.util.List;

/** The race as JSON: an object for each contestant, workload, metric and number of threads. */
public final class JsonReport {

  private JsonReport() {}

  /**
   * All of a race.
   *
   * @param missing who was to take part and could not
   * @param foreignCores how much of the machine others used meanwhile
   */
  public static Json of(
      List<Standing> standings, List<Entry.Missing> missing, String date, double foreignCores) {
    var rows = new ArrayList<Json>();
    for (Standing standing : standings) {
      for (Standing.Place place : standing.places()) {
        place.figures().forEach((metric, figure) -> rows.add(row(standing, place, metric, figure)));
        place.failure().ifPresent(why -> rows.add(place(standing, place).with("failure", why)));
      }
    }
    return JsonObject.empty()
        .with("date", date)
        .with("machine", Machine.describe())
        .with("foreign cores", Json.number(foreignCores))
        .with("missing", new JsonArray(missing.stream().map(JsonReport::absence).toList()))
        .with("rows", new JsonArray(rows));
  }

  private static Json absence(Entry.Missing one) {
    return JsonObject.empty().with("contestant", one.name()).with("why", new JsonString(one.why()));
  }

  private static JsonObject place(Standing standing, Standing.Place place) {
    return JsonObject.empty()
        .with("workload", standing.workload().name())
        .with("threads", Json.number(standing.threads()))
        .with("contestant", place.name())
        .with("version", new JsonString(place.title()));
  }

  private static Json row(Standing standing, Standing.Place place, Metric metric, Figure figure) {
    JsonObject row =
        place(standing, place)
            .with("metric", metric.name())
            .with("unit", metric.unit())
            .with("median", Json.number(figure.median()))
            .with("min", Json.number(figure.least()))
            .with("max", Json.number(figure.most()));
    var ratio = standing.ratio(place, metric);
    var goal = standing.goal(place, metric);
    if (ratio.isPresent()) {
      row = row.with("ratio", Json.number(ratio.get()));
    }
    if (goal.isPresent()) {
      row = row.with("goal", Json.number(goal.get().ratio()));
    }
    if (ratio.isPresent() && goal.isPresent()) {
      row = row.with("met", new JsonBoolean(goal.get().isMetBy(ratio.get())));
    }
    return row;
  }
}
