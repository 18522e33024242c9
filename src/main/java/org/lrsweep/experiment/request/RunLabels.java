package org.lrsweep.experiment.request;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lrsweep.results.RunRow;

/**
 * What a person says of a run, to find it again: tags and a note.
 *
 * @param tags sorted, each once; of letters, digits and {@code . _ : = / + -}, at most 63
 *     characters
 * @param note any text that is not blank; empty for none
 */
public record RunLabels(List<String> tags, Optional<String> note) {
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}._:=/+-]{1,63}");
  private static final String DIVIDER = ",";

  /** Neither tag nor note. */
  public static final RunLabels NONE = new RunLabels(List.of(), Optional.empty());

  /**
   * Validates.
   *
   * @throws RefusedException if a tag is none, or the note is blank
   */
  public RunLabels {
    tags = List.copyOf(new TreeSet<>(tags));
    for (String tag : tags) {
      if (!TAG.matcher(tag).matches()) {
        throw new RefusedException(
            "--tag must be 1 to 63 letters, digits or any of . _ : = / + -, found \"" + tag + "\"");
      }
    }
    if (note.filter(String::isBlank).isPresent()) {
      throw new RefusedException("--note must not be blank");
    }
  }

  /** Those that a run has. */
  public static RunLabels of(RunRow row) {
    return new RunLabels(
        row.tags() == null ? List.of() : Arrays.asList(row.tags().split(DIVIDER)),
        Optional.ofNullable(row.note()));
  }

  /** These and others: all tags, and both notes, one below the other, unless they are the same. */
  public RunLabels and(RunLabels others) {
    Collection<String> all = new ArrayList<>(tags);
    all.addAll(others.tags());
    List<String> notes =
        Stream.of(note, others.note()).flatMap(Optional::stream).distinct().toList();
    return new RunLabels(
        List.copyOf(all),
        notes.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", notes)));
  }

  /** A row with these labels. */
  public RunRow on(RunRow row) {
    return row.described(
        row.command(), tags.isEmpty() ? null : String.join(DIVIDER, tags), note.orElse(null));
  }
}
