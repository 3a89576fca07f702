package dev.cajal.nn;

import dev.cajal.tensor.Parameter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;

/** What a layer that is no record, such as a function, keeps to itself, where nobody finds it. */
final class Hidden {
  private Hidden() {}

  /** Such a layer must not have parameters, nor dice. */
  static void requireNothing(String path, Layer layer) {
    if (layer instanceof Enum<?>) {
      return;
    }
    var held = new ArrayList<String>();
    for (Class<?> type = layer.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && hasParts(field, layer)) {
          held.add(field.getName());
        }
      }
    }
    if (!held.isEmpty()) {
      throw new IllegalArgumentException(
          "%s%s has parameters, or layers, that can't be found (%s): make it a record of them"
              .formatted(
                  layer.getClass().isHidden() ? "a function" : layer.getClass().getName(),
                  path.isEmpty() ? "" : " at " + path,
                  String.join(", ", held)));
    }
  }

  /** By what is in it, or by what may be where a module lets nobody look. */
  private static boolean hasParts(Field field, Layer layer) {
    if (!field.trySetAccessible()) {
      return mayHaveParts(field.getGenericType());
    }
    try {
      Object value = field.get(layer);
      return value != null && Parts.areIn(value);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean mayHaveParts(Type type) {
    return switch (type) {
      case Class<?> array when array.isArray() -> mayHaveParts(array.getComponentType());
      case Class<?> kind ->
          kind == Parameter.class || kind == Dice.class || Layer.class.isAssignableFrom(kind);
      case ParameterizedType generic ->
          Arrays.stream(generic.getActualTypeArguments()).anyMatch(Hidden::mayHaveParts);
      default -> false;
    };
  }
}
