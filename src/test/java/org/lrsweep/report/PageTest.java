package org.lrsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageTest {
  private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

  private static String page(Page page, String json) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    page.write(json, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(Page.class)
  void dataCannotEndItsElement(Page kind) throws IOException {
    String page = page(kind, "{\"a\":\"</script><!--<img onerror=x>&amp;@STYLE@\"}");

    assertThat(page)
        .contains(
            "type=\"application/json\">{\"a\":\"\\u003c/script\\u003e\\u003c!--\\u003cimg"
                + " onerror=x\\u003e\\u0026amp;@STYLE@\"}</script>");
  }

  @ParameterizedTest
  @EnumSource(Page.class)
  void onlyItsOwnScriptsMayRun(Page kind) throws IOException, NoSuchAlgorithmException {
    String page = page(kind, "{}");
    List<String> scripts =
        SCRIPT.matcher(page).results().map((MatchResult found) -> found.group(1)).toList();
    StringBuilder allowed = new StringBuilder("script-src");

    for (String script : scripts) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      allowed.append(" 'sha256-").append(Base64.getEncoder().encodeToString(digest)).append("'");
    }

    assertThat(scripts).hasSize(2);
    assertThat(page).contains(allowed + "\">");
  }

  @ParameterizedTest
  @EnumSource(Page.class)
  void asksNothingOfTheNetwork(Page kind) throws IOException {
    String markup = SCRIPT.matcher(page(kind, "{}")).replaceAll("");

    assertThat(markup).doesNotContain("src=", "href=", "url(", "@import");
  }
}
