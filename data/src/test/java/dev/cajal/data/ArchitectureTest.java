package dev.cajal.data;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import org.junit.jupiter.api.Test;

/** What this floor of the house stands on. */
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.cajal.data");

  @Test
  void tablesKnowNothingOfNetworks() {
    noClasses()
        .that()
        .resideInAPackage("dev.cajal.data.table")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.cajal.nn", "dev.cajal.train", "dev.cajal.data.prepare")
        .check(ALL);
  }

  @Test
  void nothingButTheLibraryAndTheJdkIsUsed() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "",
            "java..",
            "javax.imageio..",
            "org.jspecify.annotations",
            "org.w3c.dom..",
            "dev.cajal..")
        .check(ALL);
  }

  @Test
  void javaSerializationIsNotUsed() {
    noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class).check(ALL);
  }
}
