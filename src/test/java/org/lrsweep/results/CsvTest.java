package org.lrsweep.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.univocity.parsers.csv.CsvWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/**
 * The rules of RFC 4180, section 2, and nothing more: no trimming, no quotes that aren't needed.
 */
class CsvTest {

  @Property(tries = 2000)
  void fieldsAreAsTheRfcHasThem(
      @ForAll @Size(min = 2, max = 4)
          List<
                  @StringLength(max = 5)
                  @Chars({'a', ',', '"', '\n', '\r', ' ', '\t', ';', '#', '\'', 'é'}) String>
              fields) {
    StringWriter out = new StringWriter();
    CsvWriter csv = Csv.writer(out);

    csv.writeRow(fields);
    csv.flush();

    assertThat(out.toString())
        .isEqualTo(fields.stream().map(CsvTest::field).collect(Collectors.joining(",", "", "\n")));
  }

  private static String field(String text) {
    boolean needsQuotes = text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return needsQuotes ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
