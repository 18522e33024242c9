package org.lrsweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lrsweep.testing.OwnClasses;
import org.lrsweep.testing.Tried;
import org.lrsweep.testing.TriedInput;

/** The table of inputs in docs/guarantees.md is what the tests try. */
class InputsTriedTest {
  private static final Path FILE = Path.of("docs", "guarantees.md");
  private static final String START = "<!-- written by InputsTriedTest -Ddocs.write=true -->\n";
  private static final String END = "<!-- end of what InputsTriedTest writes -->\n";

  private static final Comparator<JavaMethod> BY_LINE =
      Comparator.comparingInt(method -> method.getSourceCodeLocation().getLineNumber());

  private record Row(String room, String test, String input, String gets) {}

  @Test
  void theTableSaysWhatTheTestsTry() throws IOException {
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

  private static String table() {
    StringBuilder text = new StringBuilder("\n| room | input | gets | test |\n|---|---|---|---|\n");

    for (Row row : rows()) {
      text.append("| ").append(row.room()).append(" | ").append(cell(row.input())).append(" | ");
      text.append(cell(row.gets())).append(" | `").append(row.test()).append("` |\n");
    }

    return text.append('\n').toString();
  }

  private static String cell(String text) {
    return text.replace("\n", " ").replace("|", "\\|");
  }

  private static List<Row> rows() {
    return OwnClasses.TESTS.stream()
        .sorted(Comparator.comparing(JavaClass::getName))
        .flatMap(test -> test.getMethods().stream().sorted(BY_LINE))
        .flatMap(InputsTriedTest::rows)
        .toList();
  }

  private static Stream<Row> rows(JavaMethod method) {
    if (isSource(method)) {
      return cases(method.reflect()).stream()
          .map(tried -> row(method, "`" + tried.input() + "`", tried.gets()));
    }
    if (method.isAnnotatedWith(TriedInput.class) || method.isAnnotatedWith(TriedInput.All.class)) {
      return Stream.of(method.reflect().getAnnotationsByType(TriedInput.class))
          .map(tried -> row(method, tried.input(), tried.gets()));
    }
    return Stream.empty();
  }

  private static Row row(JavaMethod method, String input, String gets) {
    JavaClass test = method.getOwner();
    String room = test.getPackageName().replaceFirst("^org\\.lrsweep\\.?", "");
    return new Row(room.isEmpty() ? "submit" : room, test.getSimpleName(), input, gets);
  }

  private static boolean isSource(JavaMethod method) {
    return method.getModifiers().contains(JavaModifier.STATIC)
        && method.getRawParameterTypes().isEmpty()
        && method.getReturnType() instanceof JavaParameterizedType type
        && type.toErasure().isEquivalentTo(List.class)
        && type.getActualTypeArguments().get(0).toErasure().isEquivalentTo(Tried.class);
  }

  private static List<Tried> cases(Method source) {
    try {
      source.setAccessible(true);
      return ((List<?>) source.invoke(null)).stream().map(Tried.class::cast).toList();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(source + " must be static and without arguments", e);
    }
  }
}
