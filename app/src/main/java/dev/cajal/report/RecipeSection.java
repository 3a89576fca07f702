package dev.cajal.report;

import java.util.List;
import java.util.SequencedMap;

/** How to do it again, and to predict. */
final class RecipeSection {
  private final Recipe recipe;

  RecipeSection(Recipe recipe) {
    this.recipe = recipe;
  }

  Markup markup() {
    return Markup.all(
        commands("Train it again", recipe.commands()),
        commands("Predict with it", recipe.prediction()),
        Markup.of(
            "<div class=\"pair\">{}{}</div>\n",
            table("Settings", recipe.settings()),
            table("Made with", recipe.surroundings())),
        table("Files", recipe.files()));
  }

  private static Markup commands(String heading, List<String> commands) {
    return commands.isEmpty()
        ? Markup.NONE
        : Markup.of(
            "<h3>{}</h3>\n<pre><code>{}</code></pre>\n",
            heading,
            Markup.each(commands, RecipeSection::command));
  }

  /** Lines break between words, never after the hyphens of an option. */
  private static Markup command(String its) {
    return Markup.of(
        "{}\n",
        Markup.each(List.of(its.split(" ", -1)), word -> Markup.of("<span>{}</span> ", word)));
  }

  private static Markup table(String heading, SequencedMap<String, String> facts) {
    if (facts.isEmpty()) {
      return Markup.NONE;
    }
    Table table = Table.of("", "").kind("facts");
    for (var fact : facts.entrySet()) {
      table = table.row(fact.getKey(), fact.getValue());
    }
    return Markup.of("<div><h3>{}</h3>\n{}</div>\n", heading, table.markup());
  }
}
