package dev.cajal.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import org.junit.jupiter.api.Test;

/** What holds for all modules together; this one sees them all. */
class ArchitectureTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.cajal");

  @Test
  void nothingUsesTheCommandLineButItself() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.cajal.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.cajal.cli..", "picocli..")
        .check(ALL);
  }

  @Test
  void noFileCanRunCodeThroughJavaSerialization() {
    noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class).check(ALL);
  }
}
