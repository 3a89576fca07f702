package dev.cajal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The plan of the house, as it was drawn. */
class ArchitectureTest {

  /** In the order data flows: a package uses only those before it, so there are no cycles. */
  private static final List<String> PACKAGES =
      List.of(
          "dev.cajal",
          "dev.cajal.math",
          "dev.cajal.json",
          "dev.cajal.random",
          "dev.cajal.tensor",
          "dev.cajal.files",
          "dev.cajal.engine.reference",
          "dev.cajal.autodiff",
          "dev.cajal.compile",
          "dev.cajal.compile.schedule",
          "dev.cajal.engine.cpu.emit",
          "dev.cajal.engine.cpu.gemm",
          "dev.cajal.engine.cpu.conv",
          "dev.cajal.engine.cpu",
          "dev.cajal.engine");

  /** What others may use. */
  private static final Set<String> API =
      Set.of(
          "dev.cajal",
          "dev.cajal.json",
          "dev.cajal.tensor",
          "dev.cajal.files",
          "dev.cajal.autodiff",
          "dev.cajal.compile",
          "dev.cajal.engine",
          "dev.cajal.engine.reference",
          "dev.cajal.random");

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.cajal");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    assertThat(PACKAGES).containsAll(packagesWithClasses());
  }

  @Test
  void aPackageUsesOnlyThoseBeforeIt() {
    for (int i = 0; i < PACKAGES.size(); i++) {
      var later = PACKAGES.subList(i + 1, PACKAGES.size()).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(PACKAGES.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .allowEmptyShould(true)
          .check(CORE);
    }
  }

  @Test
  void onlyTheJdkIsUsedAtRunTime() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("", "java..", "org.jspecify.annotations", "dev.cajal..")
        .check(CORE);
  }

  @Test
  void javaSerializationIsNotUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ObjectOutputStream.class)
        .check(CORE);
  }

  @Test
  void theModuleExportsTheApiAndNothingElse() throws IOException {
    var descriptor = descriptor();
    assertThat(descriptor.exports()).noneMatch(Exports::isQualified);
    assertThat(descriptor.exports().stream().map(Exports::source))
        .containsExactlyInAnyOrderElementsOf(
            API.stream().filter(packagesWithClasses()::contains).toList());
    assertThat(descriptor.isOpen()).isFalse();
    assertThat(descriptor.opens()).isEmpty();
  }

  @Test
  void theModuleNeedsNothingButJavaBase() throws IOException {
    assertThat(descriptor().requires())
        .filteredOn(r -> !r.modifiers().contains(Requires.Modifier.STATIC))
        .extracting(Requires::name)
        .containsExactly("java.base");
    assertThat(descriptor().requires())
        .filteredOn(r -> r.modifiers().contains(Requires.Modifier.STATIC))
        .extracting(Requires::name)
        .containsExactly("org.jspecify");
  }

  private static Set<String> packagesWithClasses() {
    return CORE.stream()
        .filter(c -> !c.getSimpleName().equals("package-info"))
        .map(JavaClass::getPackageName)
        .collect(toSet());
  }

  private static ModuleDescriptor descriptor() throws IOException {
    var built = CajalException.class.getProtectionDomain().getCodeSource().getLocation();
    try (var file = Files.newInputStream(Path.of(URI.create(built + "module-info.class")))) {
      return ModuleDescriptor.read(file);
    }
  }
}
