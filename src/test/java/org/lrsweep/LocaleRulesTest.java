package org.lrsweep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Formatter;
import org.junit.jupiter.api.Test;
import org.lrsweep.testing.OwnClasses;

/**
 * What Error Prone's DefaultLocale leaves out, since it looks at formats that are constants only.
 */
class LocaleRulesTest {
  @Test
  void whatIsFormattedNamesItsLocale() {
    ArchRule rule =
        noClasses()
            .should()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
            .orShould()
            .callMethod(PrintWriter.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(PrintStream.class, "printf", String.class, Object[].class)
            .orShould()
            .callMethod(PrintStream.class, "format", String.class, Object[].class)
            .orShould()
            .callConstructor(Formatter.class)
            .orShould()
            .callConstructor(Formatter.class, Appendable.class);
    rule.check(OwnClasses.MAIN);
    rule.check(OwnClasses.TESTS);
  }
}
