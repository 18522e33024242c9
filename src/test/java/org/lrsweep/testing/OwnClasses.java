package org.lrsweep.testing;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** LRSweep's classes for ArchUnit, imported once for all tests, which takes long. */
public final class OwnClasses {
  /** What is delivered. */
  public static final JavaClasses MAIN = imported(new ImportOption.DoNotIncludeTests());

  /** The tests, without what they refer to, which takes long to look up. */
  public static final JavaClasses TESTS =
      ArchConfiguration.withThreadLocalScope(
          configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return imported(new ImportOption.OnlyIncludeTests());
          });

  private OwnClasses() {}

  private static JavaClasses imported(ImportOption which) {
    return new ClassFileImporter().withImportOption(which).importPackages("org.lrsweep");
  }
}
