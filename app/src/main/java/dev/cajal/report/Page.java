package dev.cajal.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The page as a whole. */
final class Page {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm z", Locale.ENGLISH);

  private record Section(String id, String heading, Markup content) {}

  private final Report report;

  Page(Report report) {
    this.report = report;
  }

  String html() {
    Markup style = resource("report.css");
    Markup script = resource("report.js");
    List<Section> sections = sections();
    return Markup.of(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; \
            style-src &#39;unsafe-inline&#39;; script-src &#39;sha256-{}&#39;">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{}: {}</title>
            <style>
            {}</style>
            </head>
            <body>
            <main>
            {}{}{}{}</main>
            <script>{}</script>
            </body>
            </html>
            """,
            digest(script),
            report.run().title(),
            report.verdict(),
            style,
            header(),
            contents(sections),
            Markup.each(sections, each -> Figure.section(each.id, each.heading, each.content)),
            footer(),
            script)
        .text();
  }

  private List<Section> sections() {
    var all = new ArrayList<Section>();
    report.result().ifPresent(its -> all.add(new Section("result", "Result", result(its))));
    all.add(new Section("learning", "Learning", new LearningSection(report.training()).markup()));
    report
        .diagnosis()
        .ifPresent(its ->
            all.add(new Section("diagnosis", "Diagnosis", new DiagnosisSection(its).markup())));
    report
        .importance()
        .ifPresent(its ->
            all.add(
                new Section(
                    "importance", "What it looks at", new ImportanceSection(its).markup())));
    all.add(new Section("data", "Data", new DataSection(report.data()).markup()));
    report
        .network()
        .ifPresent(
            its -> all.add(new Section("network", "Network", new NetworkSection(its).markup())));
    all.add(new Section("again", "Doing it again", new RecipeSection(report.recipe()).markup()));
    return all.stream().filter(each -> !each.content.isEmpty()).toList();
  }

  private static Markup result(Result its) {
    return switch (its) {
      case Classification classes -> new ClassificationSection(classes).markup();
      case Regression numbers -> new RegressionSection(numbers).markup();
    };
  }

  private Markup header() {
    Run run = report.run();
    Markup figures =
        report
            .result()
            .map(its ->
                switch (its) {
                  case Classification classes -> new ClassificationSection(classes).figures();
                  case Regression numbers -> new RegressionSection(numbers).figures();
                })
            .orElse(Markup.NONE);
    return Markup.of(
        """
        <header>
        <p class="over">Training report</p>
        <h1>{}</h1>
        <p class="verdict{}">{}</p>
        {}<p class="meta">{}</p>
        {}</header>
        """,
        Markup.name(run.title()),
        run.status() instanceof Status.Failed ? " failed" : "",
        report.verdict(),
        status(run.status()),
        meta(run),
        figures);
  }

  private static Markup meta(Run run) {
    return Markup.of(
        "<span>{}</span> <span>run {}</span> <span>Cajal {}</span>{}",
        DATE.format(run.date()),
        Markup.name(run.name()),
        run.version(),
        run.status() instanceof Status.Finished(String how)
            ? Markup.of(" <span>{}</span>", how)
            : Markup.NONE);
  }

  private static Markup status(Status its) {
    return switch (its) {
      case Status.Finished _ -> Markup.NONE;
      case Status.Stopped(String how) ->
          Markup.of("<p class=\"stopped\"><b>Stopped before its end.</b> {}</p>\n", how);
      case Status.Failed(String message) ->
          Markup.of("<div class=\"alarm\" role=\"alert\"><pre>{}</pre></div>\n", message);
    };
  }

  private static Markup contents(List<Section> sections) {
    return Markup.of(
        "<nav aria-label=\"Sections\">{}</nav>\n",
        Markup.each(sections, each -> Markup.of("<a href=\"#{}\">{}</a> ", each.id, each.heading)));
  }

  private Markup footer() {
    return Markup.of(
        "<footer>Written by Cajal {}. This page needs no other file.</footer>\n",
        report.run().version());
  }

  private static Markup resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new Markup(
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By which a browser knows the one script that may run here. */
  private static String digest(Markup script) {
    try {
      byte[] bytes = script.text().getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
