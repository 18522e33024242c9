package org.lrsweep.results;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.Writer;

/**
 * CSV as LRSweep writes it: as RFC 4180 has it, but for lines that end with a line feed alone. A
 * null is an empty field; numbers are as in Java.
 */
public final class Csv {
  private Csv() {}

  /** A writer of rows, which is to be flushed or closed in the end. */
  public static CsvWriter writer(Writer out) {
    CsvWriterSettings settings = new CsvWriterSettings();
    settings.getFormat().setLineSeparator("\n");
    // There are no comments, so a # needs no quotes.
    settings.getFormat().setComment('\0');
    // Without this a quote in a text stays as it is.
    settings.setQuoteEscapingEnabled(true);
    settings.setEmptyValue("");
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setMaxCharsPerColumn(-1);
    return new CsvWriter(out, settings);
  }
}
