package dev.cajal.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.tensor.Activations;
import dev.cajal.tensor.Arithmetic;
import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Comparison;
import dev.cajal.tensor.Distribution;
import dev.cajal.tensor.Functions;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Movement;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Products;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Reductions;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Unary;
import dev.cajal.tensor.Windows;
import dev.cajal.testing.Property;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A new operation, function or method that nobody tests the gradient of fails here. */
class CatalogueIsCompleteTest {
  private static final List<Class<?>> LANGUAGE =
      List.of(
          Arithmetic.class,
          Functions.class,
          Activations.class,
          Reductions.class,
          Movement.class,
          Products.class,
          Windows.class,
          Tensor.class);

  @Test
  void everyPublicMethodThatMakesATensorHasACase() {
    Set<String> tested = Catalogue.cases().stream().map(Case::method).collect(Collectors.toSet());

    Set<String> made =
        LANGUAGE.stream()
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .filter(method -> method.getReturnType() == Tensor.class)
            .filter(CatalogueIsCompleteTest::isWritten)
            .map(CatalogueIsCompleteTest::signature)
            .collect(Collectors.toSet());

    assertThat(made).filteredOn(method -> !tested.contains(method)).isEmpty();
  }

  @Test
  void everyPublicMethodOfARecurrenceHasACase() {
    Set<String> tested = Catalogue.cases().stream().map(Case::method).collect(Collectors.toSet());
    Set<String> components =
        Arrays.stream(Recurrence.class.getRecordComponents())
            .map(component -> component.getAccessor().getName())
            .collect(Collectors.toSet());
    components.addAll(Set.of("equals", "hashCode", "toString"));

    Set<String> methods =
        Arrays.stream(Recurrence.class.getDeclaredMethods())
            .filter(CatalogueIsCompleteTest::isWritten)
            .filter(method -> !components.contains(method.getName()))
            .map(CatalogueIsCompleteTest::signature)
            .collect(Collectors.toSet());

    assertThat(methods).filteredOn(method -> !tested.contains(method)).isEmpty();
  }

  @Test
  void everyCaseNamesAMethodThatThereIs() {
    Set<String> methods =
        Stream.concat(LANGUAGE.stream(), Stream.of(Recurrence.class))
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .map(CatalogueIsCompleteTest::signature)
            .collect(Collectors.toSet());

    assertThat(Catalogue.cases())
        .extracting(Case::method)
        .filteredOn(method -> !methods.contains(method))
        .isEmpty();
  }

  @Test
  void everyOperationOccursInACase() {
    assertThat(operations().stream().map(Object::getClass).collect(Collectors.toSet()))
        .containsAll(
            List.of(Op.class.getPermittedSubclasses()).stream().collect(Collectors.toSet()));
  }

  @Test
  void everyFunctionOfOneNumberOccursInACase() {
    assertThat(operations())
        .extracting(op -> op instanceof Op.Map1(var f) ? f : null)
        .contains(Unary.values());
  }

  @Test
  void everyFunctionOfTwoNumbersOccursInACase() {
    assertThat(operations())
        .extracting(op -> op instanceof Op.Map2(var f) ? f : null)
        .contains(Binary.values());
  }

  @Test
  void everyRelationOccursInACase() {
    assertThat(operations())
        .extracting(op -> op instanceof Op.Compare(var relation) ? relation : null)
        .contains(Comparison.values());
  }

  @Test
  void everyDistributionOccursInACase() {
    assertThat(operations())
        .extracting(op -> op instanceof Op.Random(var distribution, _, _, _) ? distribution : null)
        .contains(Distribution.values());
  }

  private static boolean isWritten(Method method) {
    return Modifier.isPublic(method.getModifiers()) && !method.isSynthetic();
  }

  private static String signature(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(
            Collectors.joining(
                ",",
                method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(",
                ")"));
  }

  /** All operations of all cases, in a few random shapes, also those inside loops. */
  private static Set<Op> operations() {
    var found = new HashSet<Op>();
    for (Case each : Catalogue.cases()) {
      Property.holds(
          3, choices -> collect(List.of(each.expression().apply(new Scene(choices))), found));
    }
    return found;
  }

  private static void collect(List<Tensor> outputs, Set<Op> found) {
    for (Tensor node : Graph.of(outputs).nodes()) {
      found.add(node.op());
      if (node.op() instanceof Op.Scan(var body)) {
        collect(body.next(), found);
      }
    }
  }
}
