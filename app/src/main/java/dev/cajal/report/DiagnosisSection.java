package dev.cajal.report;

import dev.cajal.diagnosis.Diagnosis;
import dev.cajal.diagnosis.Finding;
import dev.cajal.diagnosis.Illness;
import java.util.stream.Collectors;

/** What ails the network. */
final class DiagnosisSection {
  private final Diagnosis diagnosis;

  DiagnosisSection(Diagnosis diagnosis) {
    this.diagnosis = diagnosis;
  }

  Markup markup() {
    if (diagnosis.findings().isEmpty()) {
      return diagnosis.examined().isEmpty()
          ? Figure.paragraph("Nothing could be looked for: there are too few epochs.")
          : Markup.all(Figure.paragraph("Nothing ails it, as far as was looked."), examined());
    }
    return Markup.all(
        Markup.of(
            "<ol class=\"findings\">{}</ol>\n",
            Markup.each(diagnosis.findings(), DiagnosisSection::finding)),
        examined());
  }

  private static Markup finding(Finding its) {
    Markup explains =
        its.explains().isEmpty()
            ? Markup.NONE
            : Markup.of(
                "<dt>Explains</dt><dd>{}</dd>",
                its.explains().stream()
                    .sorted()
                    .map(Illness::toString)
                    .collect(Collectors.joining(", ")));
    return Markup.of(
        """
        <li><h3>{}{}</h3><p>{}.</p>
        <dl><dt>Measured</dt><dd>{}</dd>{}<dt>Try</dt><dd class="try">{}</dd></dl></li>
        """,
        capital(its.illness().toString()),
        places(its),
        capital(its.illness().sentence()),
        its.evidence(),
        explains,
        its.remedy());
  }

  private static Markup places(Finding its) {
    if (its.places().isEmpty()) {
      return Markup.NONE;
    }
    int many = 4;
    int more = its.places().size() - many;
    return Markup.of(
        " <span class=\"quiet\">in {}{}</span>",
        new Markup(
            its.places().stream()
                .limit(many)
                .map(place -> Markup.name(place).text())
                .collect(Collectors.joining(", "))),
        more > 0 ? " and " + more + " more" : "");
  }

  private Markup examined() {
    return Figure.note(
        "Looked for: %s."
            .formatted(
                diagnosis.examined().stream()
                    .map(Illness::toString)
                    .collect(Collectors.joining(", "))));
  }

  private static String capital(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
