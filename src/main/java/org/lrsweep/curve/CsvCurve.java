package org.lrsweep.curve;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Curves in CSV. */
final class CsvCurve {

  /** Excel's first line, which names the delimiter. */
  private static final Pattern SEP = Pattern.compile("sep=(.)\\s*");

  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern BLANKS = Pattern.compile("[ \t]+");
  private static final int MOST_COLUMNS = 10_000;

  private static final Map<Character, List<String>> FORMS =
      Map.of(
          '\t', List.of("tabs"),
          ';', List.of("semicolons"),
          ',', List.of(),
          '|', List.of("bars"),
          ' ', List.of("blanks"));

  private final String name;
  private final String part;
  private final String text;

  /** How many lines stand before the text. */
  private final int linesBefore;

  private final char delimiter;
  private final String comment;

  CsvCurve(String text, String name, String part) {
    this.name = name;
    this.part = part;
    Matcher sep = SEP.matcher(text.lines().findFirst().orElse(""));
    boolean named = sep.matches();
    this.linesBefore = named ? 1 : 0;
    this.text = (named ? text.substring(text.indexOf('\n') + 1) : text) + "\n";
    List<String> start = new ArrayList<>();
    String first = firstRow(start);
    this.comment = start.isEmpty() ? "" : start.get(start.size() - 1).substring(1).strip();
    this.delimiter = named ? sep.group(1).charAt(0) : delimiter(first);
  }

  /** The first line that is no comment; collects those before it. */
  private String firstRow(List<String> comments) {
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (line.stripLeading().startsWith("#")) {
        comments.add(line.strip());
      } else if (!line.isBlank()) {
        return line;
      }
    }
    return "";
  }

  private static char delimiter(String line) {
    String unquoted = QUOTED.matcher(line).replaceAll("");
    for (char candidate : new char[] {'\t', ';', ',', '|'}) {
      if (unquoted.indexOf(candidate) >= 0) {
        return candidate;
      }
    }
    return unquoted.strip().indexOf(' ') > 0 ? ' ' : ',';
  }

  /**
   * The table. Its names are empty if there is no header.
   *
   * @throws CurveFileException if there are only comments, or a row has more or fewer cells than
   *     the first
   */
  CurveTable read() {
    List<CurveTable.Row> rows = rows();
    if (rows.isEmpty()) {
      throw new CurveFileException(
          name + " has no rows; a curve needs at least one with lr and loss");
    }
    List<String> form = new ArrayList<>(FORMS.getOrDefault(delimiter, List.of()));
    List<String> names = rows.get(0).cells();
    if (names.stream().allMatch(CellNumbers::isValue)) {
      names = namesOfComment(names.size());
      form.add(names.get(0).isEmpty() ? "no header" : "header from a comment");
    } else {
      rows.remove(0);
    }
    for (CurveTable.Row row : rows) {
      if (row.cells().size() != names.size()) {
        throw new CurveFileException(
            name
                + " must have "
                + names.size()
                + (names.size() == 1 ? " cell in " : " cells in ")
                + row.place()
                + ", as in its first row, found "
                + row.cells().size());
      }
    }
    return new CurveTable(name, form, names, rows);
  }

  /** As NumPy's savetxt writes a header. Empty names if the comment is none. */
  private List<String> namesOfComment(int size) {
    String line = delimiter == ' ' ? BLANKS.matcher(comment).replaceAll("\t") : comment;
    String[] names = line.isEmpty() ? new String[0] : parser().parseLine(line);
    return names != null && names.length == size
        ? cells(names)
        : IntStream.range(0, size).mapToObj(i -> "").collect(Collectors.toList());
  }

  private List<CurveTable.Row> rows() {
    CsvParser parser = parser();
    List<CurveTable.Row> rows = new ArrayList<>();
    try {
      parser.beginParsing(new StringReader(delimiter == ' ' ? tabbed() : text));
      for (String[] cells = parser.parseNext(); cells != null; cells = parser.parseNext()) {
        List<String> row = cells(cells);
        long breaks = row.stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
        long line = linesBefore + parser.getContext().currentLine() - breaks;
        rows.add(new CurveTable.Row("line " + line + part, row));
      }
    } catch (TextParsingException e) {
      throw new CurveFileException(name + " cannot be read as CSV: " + e.getMessage(), e);
    }
    return rows;
  }

  private String tabbed() {
    return text.lines()
        .map(line -> BLANKS.matcher(line.strip()).replaceAll("\t"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<String> cells(String[] cells) {
    return Arrays.stream(cells).map(String::strip).toList();
  }

  private CsvParser parser() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(delimiter == ' ' ? '\t' : delimiter);
    settings.getFormat().setLineSeparator("\n");
    settings.setNullValue("");
    settings.setEmptyValue("");
    settings.setMaxCharsPerColumn(-1);
    settings.setMaxColumns(MOST_COLUMNS);
    settings.setReadInputOnSeparateThread(false);
    return new CsvParser(settings);
  }
}
