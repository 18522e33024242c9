package org.lrsweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That a class or package that is renamed here is renamed in the notebooks, too. */
class NotebookImportsTest {
  /** A class or package of LRSweep in a line of a cell, as {@code import org.lrsweep.curve.*;}. */
  private static final Pattern IMPORT =
      Pattern.compile("import (?:static )?(org\\.lrsweep[\\w.]*(?:\\.\\*)?);");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.lrsweep");

  @Test
  void whatTheyImportIsThereAndPublic() throws IOException {
    List<String> imports;
    try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
      imports =
          files
              .filter(file -> file.toString().endsWith(".ipynb"))
              .flatMap(NotebookImportsTest::imports)
              .distinct()
              .toList();
    }

    assertThat(imports).contains("org.lrsweep.sweep.*", "org.lrsweep.schedule.LrRange");
    assertThat(imports).allMatch(NotebookImportsTest::isPublic);
  }

  private static Stream<String> imports(Path notebook) {
    try {
      return IMPORT.matcher(Files.readString(notebook)).results().map(found -> found.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a package: that it has a public class. */
  private static boolean isPublic(String name) {
    return CLASSES.stream()
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .anyMatch(
            type ->
                name.equals(type.getFullName().replace('$', '.'))
                    || name.equals(type.getPackageName() + ".*"));
  }
}
