package dev.cajal.cli;

import dev.cajal.report.Data;
import dev.cajal.workbench.Material;
import dev.cajal.workbench.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said before training begins: what was found in the data, and what is made of it. */
final class Opening {
  private Opening() {}

  static List<String> of(DataOptions options, Material material, Plan plan) {
    var lines = new ArrayList<String>();
    Data data = material.data();
    long features = data.columns().stream().filter(its -> its.role() == Data.Role.FEATURE).count();
    String what =
        features == 0
            ? String.format(Locale.ROOT, "%,d pictures", data.rows())
            : String.format(
                Locale.ROOT,
                "%,d rows, %,d %s",
                data.rows(),
                features,
                features == 1 ? "feature" : "features");
    lines.add("%s: %s, %s".formatted(material.title(), what, material.target().kind()));
    boolean isGuessed = options.target.equals("last") && features > 0;
    if (isGuessed) {
      lines.add(
          "  %s is the last column; --target takes another".formatted(material.target().column()));
    }
    material.notes().forEach(note -> lines.add("  " + note));
    Data.Split split = data.split();
    lines.add(
        String.format(
            Locale.ROOT,
            "  %,d to learn from, %,d to stop by, %,d to test with",
            split.training(),
            split.validation(),
            split.test()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  hidden layers of %s (%s), %s at %s, batches of %,d",
            String.join(", ", plan.hidden().stream().map(String::valueOf).toList()),
            plan.activation(),
            plan.optimizer(),
            plan.rate(),
            plan.batch()));
    return lines;
  }
}
