package org.lrsweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.ConfusionRow;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.Metric;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.SampleRun;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;
import org.lrsweep.results.TrialStatus;

/** The page in a real browser; skipped where there is no Chromium. */
class ReportPageIT {
  private static final String IMAGE = "</script><img src=x onerror=\"window.hurt = 1\">";
  private static final String TEXTS_OF_FIRST_ROWS =
      "[...document.querySelectorAll('#trial-table tbody tr td:nth-child(3)')]"
          + ".map(cell => cell.textContent)";

  private static final String FINDER_OPTION = "lrsweep.charts[0].instance.getOption()";

  @TempDir private static Path folder;
  private static ResultStore store;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Chromium.installed(), "there is no " + Chromium.BINARY);
    store = ResultStore.open(folder.resolve("output").toString(), new Configuration());
    chromium = Chromium.start(folder.resolve("profile"));
    chromium.resize(1240, 900);
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void thePageReportsNoErrorAndAsksForNothing() {
    assertThat(chromium.errors()).isEmpty();
    assertThat(chromium.requests()).hasSize(1).allMatch(url -> url.startsWith("file:"));
    chromium.resize(1240, 900);
  }

  private static void open(String runId) {
    Report.write(store, runId);
    chromium.open(folder.resolve("output/reports").resolve(runId).resolve("report.html"));
  }

  private static void openSample(int trials) {
    String runId = "sample-" + trials;

    if (!store.exists(runId)) {
      new SampleRun(runId, 12, 50).write(store, trials);
    }

    open(runId);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 60})
  void drawsEveryChart(int trials) throws IOException {
    openSample(trials);

    JsonNode charts = chromium.evaluate("lrsweep.charts.map(chart => chart.id)");
    JsonNode drawn =
        chromium.evaluate(
            "lrsweep.charts.map(chart => { const canvas = document.querySelector('#' + chart.id + '"
                + " canvas'); const pixels = canvas.getContext('2d').getImageData(0, 0,"
                + " canvas.width, canvas.height).data;"
                + " let inked = 0; for (let i = 3; i < pixels.length; i += 4) if (pixels[i] > 0)"
                + " inked++; return inked; })");

    keepPicture("page-" + trials);
    // From five trials on there are their parameters too.
    int expected = trials < 5 ? 6 : 7;
    assertThat(charts).hasSize(expected);
    assertThat(drawn).hasSize(expected).allMatch(pixels -> pixels.asInt() > 2000);
    assertThat(chromium.evaluate("document.querySelectorAll('#trial-table tbody tr').length"))
        .hasToString(String.valueOf(trials));
  }

  /** The page that README links to. */
  @Test
  void theCommittedSampleOpens() throws IOException {
    chromium.open(SamplePageTest.PAGE.toAbsolutePath());

    keepPicture("page-committed");
    assertThat(chromium.evaluate("lrsweep.charts.length").asInt()).isGreaterThan(5);
    assertThat(chromium.evaluate("document.querySelectorAll('#trial-table tbody tr').length"))
        .hasToString("3");
  }

  /** For people who want to look: pictures go to the folder of the property report.pictures. */
  private static void keepPicture(String name) throws IOException {
    String pictures = System.getProperty("report.pictures");

    if (pictures != null) {
      Files.write(Path.of(pictures, name + ".png"), chromium.screenshot());
    }
  }

  @Test
  void sortsTheTrialsByAColumnUpAndDownWithMissingValuesLast() {
    openSample(16);
    List<String> ids = texts(TEXTS_OF_FIRST_ROWS);
    assertThat(ids)
        .containsExactlyElementsOf(
            RunData.load(store, "sample-16").trials().stream().map(TrialRow::trialId).toList());

    click("final loss");
    List<Double> losses = numbers("final loss");
    assertThat(losses).hasSize(14).isSorted();

    click("final loss");
    losses = numbers("final loss");
    assertThat(losses).hasSize(14).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(texts(TEXTS_OF_FIRST_ROWS).subList(14, 16))
        .containsExactlyInAnyOrder("trial-06", "trial-13");
  }

  private static void click(String heading) {
    chromium.evaluate(
        "[...document.querySelectorAll('#trial-table th button')]"
            + ".find(button => button.textContent === '"
            + heading
            + "').click()");
  }

  private static List<Double> numbers(String heading) {
    return texts(
            "(() => { const index = [...document.querySelectorAll('#trial-table th')]"
                + ".findIndex(th => th.textContent === '"
                + heading
                + "'); return [...document.querySelectorAll('#trial-table tbody tr')]"
                + ".map(row => row.children[index].textContent); })()")
        .stream()
        .filter(text -> !text.equals("-"))
        .map(Double::valueOf)
        .toList();
  }

  private static List<String> texts(String expression) {
    List<String> texts = new ArrayList<>();
    chromium.evaluate(expression).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Test
  void showsTheValuesUnderTheMouse() {
    openSample(1);

    assertThat(tipAt("finder-chart")).contains("smoothed loss 2.");
    assertThat(tipAt("accuracy-chart")).matches("epoch \\d+\\n● trial-01 \\d\\d\\.\\d\\d %");
  }

  /** What a chart says under the mouse; ECharts says it some frames after the mouse has come. */
  private static String tipAt(String chart) {
    chromium.pointAt(chart);
    return chromium
        .evaluate(
            "new Promise(done => { const end = Date.now() + 5000; const look = () => {"
                + " const text = document.querySelector('#"
                + chart
                + " .tip')?.innerText ?? ''; if (text || Date.now() > end) done(text);"
                + " else requestAnimationFrame(look); }; look(); })")
        .asText();
  }

  @Test
  void boxesChooseWhatTheChartsShow() {
    openSample(60);
    String lines = seriesOf("accuracy-chart") + ".length";
    assertThat(chromium.evaluate(lines)).hasToString("16");

    chromium.evaluate("document.querySelector('#trial-table input').click()");
    assertThat(chromium.evaluate(lines)).hasToString("15");

    chromium.evaluate("document.querySelector('#show-buttons button').click()");
    assertThat(chromium.evaluate(lines)).hasToString("60");
  }

  private static String seriesOf(String chart) {
    return "lrsweep.charts.find(one => one.id === '" + chart + "').instance.getOption().series";
  }

  @Test
  void parallelAxesShowTheParametersThatDifferAndTheMetricLast() {
    openSample(60);
    String option =
        "lrsweep.charts.find(one => one.id === 'parameters-chart').instance.getOption()";

    assertThat(texts(option + ".parallelAxis.map(axis => axis.name)"))
        .containsExactly("policy", "step size, epochs", "seed", "best accuracy");
    assertThat(texts(option + ".parallelAxis[1].data")).containsExactly("2", "4", "6", "8");
    // Triangular, after exp_range; a step size of 2 epochs; seed 43, the first of 60.
    assertThat(
            texts(
                option
                    + ".series.find(one => one.name === 'trial-01').data[0].value.slice(0, 3)"
                    + ".map(String)"))
        .containsExactly("1", "0", "0");
  }

  @Test
  void fewTrialsHaveNoParallelAxes() {
    new SampleRun("sample-4", 12, 50).write(store, 4);

    open("sample-4");

    assertThat(chromium.evaluate("document.querySelector('#parameters-figure').hidden"))
        .hasToString("true");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keyboardAndScreenReaderFindWhatTheyNeed(boolean dark) throws IOException {
    SampleRun sample = new SampleRun("whole", 12, 50);
    if (!store.exists("whole")) {
      sample.write(store, 6);
      sample.writeConfirm(store);
      sample.writeWeights(store, 1);
    }
    if (dark) {
      chromium.preferDark();
    }

    open("whole");
    List<String> violations = axe();

    // Of what axe itself does with canvases the browser warns.
    open("whole");
    chromium.call("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    assertThat(violations).isEmpty();
  }

  /** What axe-core finds wrong, by all its rules: a line for each, with an element. */
  private static List<String> axe() throws IOException {
    try (InputStream in =
        ReportPageIT.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      chromium.evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8) + "; null");
    }
    return texts(
        "axe.run({ preload: false }).then(found => found.violations.map(one => one.id + ': ' +"
            + " one.help + ': ' + one.nodes[0].html.slice(0, 200)))");
  }

  @Test
  void twoHundredTrialsAnswerAtOnce() throws IOException {
    openSample(200);

    double longest =
        chromium
            .evaluate(
                "(() => { let longest = 0; for (const button of"
                    + " document.querySelectorAll('#show-buttons button, #trial-table th button'))"
                    + " { const start = performance.now(); button.click();"
                    + " longest = Math.max(longest, performance.now() - start); }"
                    + " return longest; })()")
            .asDouble();

    keepPicture("page-200");
    // Far above what it takes, for busy machines; a chart drawn for each trial takes longer.
    assertThat(longest).isLessThan(3000);
  }

  @Test
  void printsWhatTheScreenShows() throws IOException {
    openSample(16);
    chromium.preferDark();

    chromium.evaluate(
        "window.addEventListener('beforeprint', () => { window.printed = { dark:"
            + " lrsweep.dark.matches, widest: Math.max(...lrsweep.charts.map(chart =>"
            + " chart.instance.getWidth())) }; })");
    byte[] pdf = chromium.pdf();

    String pictures = System.getProperty("report.pictures");
    if (pictures != null) {
      Files.write(Path.of(pictures, "page.pdf"), pdf);
    }
    chromium.call("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    assertThat(chromium.evaluate("window.printed")).hasToString("{\"dark\":false,\"widest\":900}");
  }

  @Test
  void followsTheReadersColourScheme() throws IOException {
    openSample(1);
    assertThat(background()).isEqualTo("rgb(246, 247, 249)");

    chromium.preferDark();

    keepPicture("dark");
    assertThat(background()).isEqualTo("rgb(20, 23, 27)");
    chromium.call("Emulation.setEmulatedMedia", Map.of("features", List.of()));
  }

  private static String background() {
    return chromium.evaluate("getComputedStyle(document.body).backgroundColor").asText();
  }

  @Test
  void fitsAPhone() throws IOException {
    chromium.resize(360, 740);
    openSample(16);

    keepPicture("phone");
    assertThat(chromium.evaluate("document.scrollingElement.scrollWidth").asInt()).isEqualTo(360);
  }

  @Test
  void textsOfTheTablesAreNeverMarkup() {
    RunRow run = new SampleRun("hostile", 1, 1).run();
    store.commitRun(
        new RunRow(
            run.runId(),
            run.status(),
            run.startedAt(),
            run.finishedAt(),
            IMAGE,
            IMAGE,
            IMAGE,
            "{\"data\": \"" + IMAGE.replace("\"", "\\\"") + " @SCRIPT@\"}",
            IMAGE,
            IMAGE,
            1,
            1,
            1,
            1,
            1));
    store.write(
        Tables.FINDER_SUGGESTIONS,
        "hostile",
        List.of(new FinderSuggestionRow("hostile", IMAGE, null, 1e-5, 1e-2, IMAGE, true)));
    store.write(Tables.FINDER_STEPS, "hostile", new SampleRun("hostile", 1, 1).finderSteps(100));
    store.write(
        Tables.TRIALS,
        "hostile",
        List.of(
            new TrialRow(
                "hostile",
                "t1",
                IMAGE,
                2,
                20,
                1e-5,
                1e-2,
                64,
                4,
                1,
                TrialStatus.FAILED,
                IMAGE,
                1,
                0.5,
                null,
                null,
                null,
                null,
                null,
                Metric.ACCURACY.label(),
                0.5,
                null,
                null)));
    store.write(
        Tables.EPOCHS,
        "hostile",
        List.of(new EpochRow("hostile", "t1", 1, 1, 0.5, 1.0, 0.5, 1000)));
    store.write(
        Tables.CLASS_METRICS,
        "hostile",
        List.of(new ClassMetricsRow("hostile", "t1", 0, IMAGE, 1, 1, 1, 1)));
    store.write(Tables.CONFUSION, "hostile", List.of(new ConfusionRow("hostile", "t1", 0, 0, 1)));

    open("hostile");
    chromium.pointAt("accuracy-chart");

    assertThat(chromium.evaluate("window.hurt === undefined").asBoolean()).isTrue();
    assertThat(chromium.evaluate("document.querySelectorAll('img').length").asInt()).isZero();
    assertThat(chromium.evaluate("document.querySelector('#facts').textContent").asText())
        .contains(IMAGE);
    assertThat(chromium.evaluate("document.querySelector('#trial-table').textContent").asText())
        .contains(IMAGE);
    assertThat(chromium.evaluate("document.querySelector('#confusion').textContent").asText())
        .contains(IMAGE);
    assertThat(chromium.evaluate("document.querySelector('#configuration').textContent").asText())
        .contains("@SCRIPT@");
  }

  @Test
  void aRunWithOnlyAFinderShowsOnlyThat() {
    SampleRun sample = new SampleRun("finder-only", 1, 1);
    store.commitRun(sample.run());
    sample.writeFinder(store);

    open("finder-only");

    assertThat(
            texts("[...document.querySelectorAll('section:not([hidden])')].map(part => part.id)"))
        .containsExactly("summary", "finder", "origin");
  }

  @Test
  void aLinearTestShowsTheAccuracyOnALinearAxis() throws IOException {
    openLinear();
    keepPicture("linear");

    chromium.pointAt("finder-chart");

    assertThat(chromium.evaluate(FINDER_OPTION + ".grid.length").asInt()).isEqualTo(2);
    assertThat(texts(FINDER_OPTION + ".xAxis.map(axis => axis.name ?? '')"))
        .containsExactly("", "learning rate");
    assertThat(texts(FINDER_OPTION + ".series.filter(one => one.markArea).map(one => one.name)"))
        .containsExactly("smoothed loss", "accuracy, moving mean");
    // 2 of 3 answers were not chosen, and are marked on both curves.
    assertThat(
            texts(
                FINDER_OPTION
                    + ".series.filter(one => one.type === 'scatter')"
                    + ".map(one => one.name)"))
        .containsExactly(
            "descent 2e-3 to 0.03", "steepest 6e-3", "descent 2e-3 to 0.03", "steepest 6e-3");
    // The middle of an axis to 0.1 that is linear; the accuracy is at its top of 85 % there.
    assertThat(chromium.evaluate("document.querySelector('#finder-chart .tip').innerText"))
        .asString()
        .contains("LR 0.04", "smoothed loss 0.", "accuracy, moving mean 8");
  }

  private static void openLinear() {
    if (!store.exists("linear")) {
      SampleRun sample = new SampleRun("linear", 1, 1);
      store.commitRun(sample.run());
      sample.writeLinearFinder(store);
    }

    open("linear");
  }

  @Test
  void aLinearTestCanBeSeenInTheDarkAndOnAPhone() throws IOException {
    chromium.preferDark();
    openLinear();
    keepPicture("linear-dark");
    chromium.call("Emulation.setEmulatedMedia", Map.of("features", List.of()));

    chromium.resize(360, 740);
    openLinear();
    keepPicture("linear-phone");

    assertThat(chromium.evaluate("document.scrollingElement.scrollWidth").asInt()).isEqualTo(360);
  }

  @Test
  void anExponentialTestShowsTheAccuracyToWhoAsks() throws IOException {
    openSample(1);
    String panels = FINDER_OPTION + ".yAxis.map(axis => axis.name)";
    assertThat(texts(panels)).containsExactly("loss");

    chromium.evaluate("document.querySelector('#finder-accuracy').click()");

    keepPicture("exponential-accuracy");
    assertThat(texts(panels)).containsExactly("loss", "accuracy");
    assertThat(chromium.evaluate("document.querySelector('#finder-caption').innerText").asText())
        .isEqualTo("Loss and accuracy by learning rate");

    chromium.evaluate("document.querySelector('#finder-accuracy').click()");
    assertThat(texts(panels)).containsExactly("loss");
  }

  @Test
  void comparesRuns() throws IOException {
    new SampleRun("left", 12, 50).write(store, 3);
    SampleRun right = new SampleRun("right", 8, 50);
    RunRow run = right.run();
    right.write(store, 7);
    store.commitRun(
        new RunRow(
            "right",
            run.status(),
            run.startedAt(),
            run.finishedAt(),
            run.appVersion(),
            run.sparkVersion(),
            run.master(),
            run.configJson().replace("\"batch-size\":64", "\"batch-size\":128"),
            run.dataset(),
            run.datasetSha256(),
            run.trainExamples(),
            run.testExamples(),
            run.seed(),
            run.workers(),
            run.threadsPerWorker()));

    String page = Report.compare(store, List.of("left", "right"));
    chromium.open(Path.of(URI.create(page)));

    keepPicture("comparison");
    assertThat(
            texts("[...document.querySelectorAll('#difference-table td')].map(td => td.innerText)"))
        .containsExactly("finder.batch-size", "64", "128");
    assertThat(texts("lrsweep.charts.map(chart => chart.id)"))
        .containsExactly("finder-chart", "accuracy-chart", "val-loss-chart");
    assertThat(chromium.evaluate("document.querySelectorAll('#trial-table tbody tr').length"))
        .hasToString("10");

    chromium.evaluate("document.querySelector('#run-table input').click()");
    assertThat(chromium.evaluate(seriesOf("accuracy-chart") + ".length")).hasToString("1");
  }

  @Test
  void anEmptyRunSaysSo() {
    store.commitRun(new SampleRun("empty", 1, 1).run());

    open("empty");

    assertThat(texts("[...document.querySelectorAll('.card .value')].map(card => card.innerText)"))
        .containsExactly("none yet");
  }
}
