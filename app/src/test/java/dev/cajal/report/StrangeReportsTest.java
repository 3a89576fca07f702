package dev.cajal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cajal.report.Data.Column;
import dev.cajal.report.Data.Role;
import dev.cajal.train.Event;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** Names, numbers and sizes that nobody planned for. */
class StrangeReportsTest {
  private static final List<String> NAMES =
      List.of(
          "<script>alert(1)</script>",
          "\"><img onerror='x'>",
          "&amp; {} %s \\",
          "שלום עולם",
          "🦊",
          "",
          "control \u0000\u001b and half \ud83d a pair \u202e",
          "n".repeat(80));

  @Test
  void whateverANameIsThePageIsWellFormed() {
    Report report =
        new Report(
            ReportSamples.run(NAMES.get(0), new Status.Failed(NAMES.get(1))),
            new Data(
                NAMES.get(0),
                1,
                NAMES.stream()
                    .map(name -> new Column(name, Role.FEATURE, name, name, 1, name))
                    .toList(),
                List.of(new Data.Dropped(1, NAMES.get(0))),
                new Data.Split(1, 0, 1, NAMES.get(1)),
                ReportSamples.many(NAMES, 30).classes()),
            ReportSamples.training(3),
            Optional.of(ReportSamples.many(NAMES, 30)),
            Optional.of(
                new Importance(
                    NAMES.get(1),
                    1,
                    NAMES.stream()
                        .map(name -> new Importance.Feature(name, -1, Double.NaN))
                        .toList())),
            Optional.empty(),
            Optional.empty(),
            new Recipe(
                NAMES,
                NAMES,
                ReportSamples.map(NAMES.get(0), NAMES.get(1)),
                ReportSamples.map(),
                ReportSamples.map()));

    String page = report.html();

    assertThat(page.split("<script", -1)).hasSize(2);
    assertThat(page).doesNotContain("<img").contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    requireWellFormed(page);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 12, 13, 60, 150})
  void anyNumberOfClassesMakesAPage(int classes) {
    var names = IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();

    String page = ReportSamples.plain().with(ReportSamples.many(names, 300)).html();

    assertThat(page).contains("Right on 200 of 300 test rows (66.7%).");
    assertThat(page.length()).isLessThan(500_000);
    requireWellFormed(page);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, -3, 1e-300, 1e300, Double.NaN, Double.POSITIVE_INFINITY})
  void curvesOfAnyNumberMakeAPage(double loss) {
    var epochs =
        IntStream.rangeClosed(1, 3)
            .mapToObj(i ->
                new Event.Epoch(
                    i, i, loss, OptionalDouble.of(loss), new LinkedHashMap<>(), false, 0.1))
            .toList();
    Report report =
        Report.of(
            ReportSamples.run("x", new Status.Finished("")),
            ReportSamples.data(),
            new Training("squared error", epochs, 1),
            ReportSamples.recipe());

    String page = report.html();

    requireWellFormed(page);
    assertThat(drawings(page)).noneMatch(svg -> svg.contains("\"NaN") || svg.contains("Infinity"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-12, 5, 1e15, -1e200})
  void numbersOfAnySizeMakeAPage(double size) {
    var cases =
        IntStream.range(0, 30)
            .mapToObj(i -> new Regression.Case("row " + i, size * i, size * (i + 0.5)))
            .toList();

    String page = ReportSamples.plain().with(new Regression("y", size, cases)).html();

    requireWellFormed(page);
    assertThat(drawings(page)).noneMatch(svg -> svg.contains("\"NaN") || svg.contains("Infinity"));
  }

  @Test
  void moreRowsThanCanBeDrawnAreCountedInCells() {
    var cases =
        IntStream.range(0, 50_000)
            .mapToObj(i -> new Regression.Case("row " + i, i % 331, i % 331 + i % 17))
            .toList();

    String page = ReportSamples.plain().with(new Regression("y", 1, cases)).html();

    assertThat(page).contains("class=\"heat\"", "50,000 test rows").doesNotContain("dot many");
    assertThat(page.length()).isLessThan(500_000);
  }

  @Test
  void aTestWithoutRowsSaysSo() {
    assertThat(ReportSamples.plain().with(ReportSamples.binary(new int[0])).html())
        .contains("There were no test rows.");
    assertThat(ReportSamples.plain().with(new Regression("y", 1, List.of())).html())
        .contains("There were no test rows.");
  }

  @Test
  void aTestOfOneClassHasNoRocCurve() {
    String page =
        ReportSamples.plain().with(ReportSamples.binary(new int[] {0, 0}, 0.2, 0.8)).html();

    assertThat(page).contains("there is no ROC curve");
    requireWellFormed(page);
  }

  private static List<String> drawings(String page) {
    return Pattern.compile("<svg xmlns.*?</svg>(?=</div>|</td>)", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(found -> found.group())
        .toList();
  }

  /** All between the style and the script is XML, pictures included. */
  private static void requireWellFormed(String page) {
    Matcher body = Pattern.compile("<main>.*</main>", Pattern.DOTALL).matcher(page);
    assertThat(body.find()).isTrue();
    String xml = body.group().replaceAll("(<input [^>]*[^/])>", "$1/>");
    assertThat(drawings(page)).isNotEmpty();
    assertThatCode(() ->
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml))))
        .doesNotThrowAnyException();
  }
}
