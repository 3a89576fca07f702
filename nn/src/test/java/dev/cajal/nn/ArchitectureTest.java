package dev.cajal.nn;

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
          .importPackages("dev.cajal.nn", "dev.cajal.optim", "dev.cajal.train", "dev.cajal.search");

  @Test
  void layersAndOptimizersDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("dev.cajal.nn")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.cajal.optim")
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage("dev.cajal.optim")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.cajal.nn")
        .check(ALL);
  }

  @Test
  void neitherKnowsWhatTrainsThem() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.cajal.train", "dev.cajal.diagnosis", "dev.cajal.search")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.cajal.train")
        .check(ALL);
  }

  @Test
  void onlyTheLanguageIsUsedAndNothingElse() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "",
            "java..",
            "org.jspecify.annotations",
            "dev.cajal.nn",
            "dev.cajal.optim",
            "dev.cajal.train",
            "dev.cajal.diagnosis",
            "dev.cajal.search",
            "dev.cajal.files",
            "dev.cajal.json",
            "dev.cajal.tensor",
            "dev.cajal.autodiff",
            "dev.cajal.engine",
            "dev.cajal.random",
            "dev.cajal")
        .check(ALL);
  }

  @Test
  void javaSerializationIsNotUsed() {
    noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class).check(ALL);
  }
}
