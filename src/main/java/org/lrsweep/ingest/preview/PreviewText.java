package org.lrsweep.ingest.preview;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lrsweep.terminal.Numbers;

/** A preview in words. */
public final class PreviewText {
  /** More classes than that are summed up. */
  private static final int SHOWN_CLASSES = 100;

  private static final int SHOWN_LETTERS = 32;

  private final Preview preview;

  public PreviewText(Preview preview) {
    this.preview = preview;
  }

  /** All of it, lines that end each; the picture is somebody else's. */
  public String lines() {
    StringBuilder text = new StringBuilder();
    add(
        text,
        "shape",
        Arrays.stream(preview.shape())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" x "))
            + ", "
            + preview.numbers()
            + " from "
            + number(preview.min())
            + " to "
            + number(preview.max()));
    add(text, "scaling", preview.scaling());
    add(text, "storage", preview.storage());
    counts(text);
    add(
        text,
        "examples",
        preview.examples().stream()
            .map(example -> shortened(example.label()))
            .collect(Collectors.joining(", ")));
    return text.toString();
  }

  private static void add(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-10s%s%n", name, value));
  }

  /** A table: a line for each class, a column for each part. */
  private void counts(StringBuilder text) {
    List<String> shown =
        preview.classes().subList(0, Math.min(SHOWN_CLASSES, preview.classes().size()));
    int width =
        Math.max(
            "class".length(),
            shown.stream().mapToInt(name -> shortened(name).length()).max().orElse(0));
    line(text, "classes", width, "", preview.counts().keySet().stream().toList());
    for (String name : shown) {
      line(text, "", width, shortened(name), columns(name));
    }
    int more = preview.classes().size() - shown.size();
    if (more > 0) {
      line(text, "", width, "and " + more + " more", List.of());
    }
    line(
        text,
        "",
        width,
        "all",
        preview.counts().keySet().stream()
            .map(part -> Numbers.count(preview.examples(part)))
            .toList());
  }

  private List<String> columns(String label) {
    return preview.counts().values().stream()
        .map((Map<String, Long> part) -> Numbers.count(part.getOrDefault(label, 0L)))
        .toList();
  }

  private static void line(
      StringBuilder text, String head, int width, String name, List<String> columns) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + width + "s", name));
    columns.forEach(column -> line.append(String.format(Locale.ROOT, "  %11s", column)));
    add(text, head, line.toString().stripTrailing());
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e7
        ? Long.toString((long) value)
        : Float.toString((float) value);
  }

  private static String shortened(String label) {
    return label.length() > SHOWN_LETTERS ? label.substring(0, SHOWN_LETTERS - 3) + "..." : label;
  }
}
