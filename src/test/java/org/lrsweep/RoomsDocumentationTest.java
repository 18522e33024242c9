package org.lrsweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/architecture.md's table of rooms is what {@link RoomsTest} keeps, in the words of each
 * package's {@code package-info.java}.
 */
class RoomsDocumentationTest {
  private static final Path FILE = Path.of("docs", "architecture.md");
  private static final String START =
      "<!-- written by RoomsDocumentationTest -Ddocs.write=true -->\n";
  private static final String END = "<!-- end of what RoomsDocumentationTest writes -->\n";
  private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

  @Test
  void theTableSaysWhoMayKnowWhom() throws IOException {
    String text = Files.readString(FILE);
    int start = text.indexOf(START) + START.length();
    int end = text.indexOf(END);
    assertThat(start).isBetween(START.length(), end);

    if (Boolean.getBoolean("docs.write")) {
      text = text.substring(0, start) + table() + text.substring(end);
      Files.writeString(FILE, text);
      end = text.indexOf(END);
    }

    assertThat(text.substring(start, end)).isEqualTo(table());
  }

  @Test
  void theFigureShowsEveryRoom() throws IOException {
    String figure = Files.readString(Path.of("docs", "images", "rooms.svg"));

    assertThat(RoomsTest.KNOWN_BY.keySet())
        .filteredOn(room -> !room.contains("."))
        .allSatisfy(room -> assertThat(figure).contains(">" + room + "</text>"));
  }

  private static String table() throws IOException {
    StringBuilder text = new StringBuilder("\n| room | holds | may know |\n|---|---|---|\n");

    for (String room : new TreeSet<>(RoomsTest.KNOWN_BY.keySet())) {
      text.append("| ").append(room).append(" | ").append(meaning(room)).append(" | ");
      text.append(knownTo(room)).append(" |\n");
    }

    return text.append('\n').toString();
  }

  private static String knownTo(String room) {
    List<String> known =
        RoomsTest.KNOWN_BY.keySet().stream()
            .filter(other -> RoomsTest.KNOWN_BY.get(other).contains(room))
            .sorted()
            .toList();
    return known.isEmpty() ? "–" : String.join(", ", known);
  }

  /** The first paragraph of the package's documentation, as Markdown. */
  private static String meaning(String room) throws IOException {
    Path file = Path.of("src/main/java/org/lrsweep", room.replace('.', '/'), "package-info.java");
    Matcher comment = JAVADOC.matcher(Files.readString(file));
    assertThat(comment.find()).as(file.toString()).isTrue();
    return comment
        .group(1)
        .split("<p>", -1)[0]
        .lines()
        .map(line -> line.replaceFirst("^ *\\*", "").strip())
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "))
        .replaceAll("\\{@\\w+ (?:[a-z]+\\.)*([^}]*)}", "`$1`")
        .replaceFirst("\\.$", "");
  }
}
