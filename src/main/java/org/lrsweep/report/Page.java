package org.lrsweep.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Properties;

/**
 * The pages: each is one file that needs no network: style, scripts and data stand in the page.
 *
 * <p>What the tables say is data, never markup: it stands in the page as JSON without any of the
 * characters that HTML knows, and the script puts it on the page as text. The content security
 * policy lets only the page's own scripts run, by their hashes.
 */
enum Page {
  /** One run, from {@link PageData}. */
  REPORT("report"),
  /** Some runs side by side, from {@link ComparisonData}. */
  COMPARISON("comparison");

  /** Says which version of the charts' library there is. */
  private static final String ECHARTS_POM =
      "/META-INF/maven/org.webjars.npm/echarts/pom.properties";

  private final String name;

  Page(String name) {
    this.name = name;
  }

  /** Writes the page over some JSON. */
  void write(String json, OutputStream out) throws IOException {
    String echarts = echarts();
    String script = resource("page.js") + resource(name + ".js");
    String policy =
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src "
            + hash(echarts)
            + " "
            + hash(script);
    // The data comes last, since it could hold a placeholder.
    String page =
        resource(name + ".html")
            .replace("@POLICY@", policy)
            .replace("@STYLE@", resource("page.css"))
            .replace("@ECHARTS@", echarts)
            .replace("@SCRIPT@", script)
            .replace("@DATA@", withoutMarkup(json));
    out.write(page.getBytes(StandardCharsets.UTF_8));
  }

  /** These characters stand only inside of JSON's strings, so escaping them changes no value. */
  private static String withoutMarkup(String json) {
    return json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java runtime has SHA-256", e);
    }
  }

  private static String echarts() throws IOException {
    Properties pom = new Properties();
    pom.load(new StringReader(resource(ECHARTS_POM)));
    return resource(
        "/META-INF/resources/webjars/echarts/"
            + pom.getProperty("version")
            + "/dist/echarts.min.js");
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new ReportException(
            name + " is not on the class path; use the application jar, which holds it");
      }

      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
