package dev.cajal.nn;

import dev.cajal.tensor.Parameter;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a model is made of: its layers, parameters and dice, by their paths, each after its whole.
 */
final class Parts {
  private final List<Map.Entry<String, Object>> found = new ArrayList<>();

  private Parts() {}

  static Parts of(Layer model) {
    var parts = new Parts();
    parts.find("", model);
    return parts;
  }

  void forEach(BiConsumer<String, Object> action) {
    found.forEach(part -> action.accept(part.getKey(), part.getValue()));
  }

  private void find(String path, @Nullable Object part) {
    switch (part) {
      case null -> throw new IllegalArgumentException("the model has null at " + path);
      case Parameter _, Dice _ -> found.add(Map.entry(path, part));
      case Record record -> {
        if (record instanceof Layer) {
          found.add(Map.entry(path, record));
        }
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          find(below(path, component.getName()), value(component, record));
        }
      }
      case Iterable<?> parts -> findEach(path, parts);
      case Object[] parts -> findEach(path, Arrays.asList(parts));
      case Optional<?> maybe -> maybe.ifPresent(it -> find(path, it));
      case Map<?, ?> parts -> parts.forEach((key, it) -> find(below(path, "" + key), it));
      case SavedModel saved -> {
        found.add(Map.entry(path, saved));
        saved.parameters().forEach((name, its) -> found.add(Map.entry(below(path, name), its)));
      }
      case Layer layer -> {
        requireNothingHidden(path, layer);
        found.add(Map.entry(path, layer));
      }
      default -> {}
    }
  }

  private void findEach(String path, Iterable<?> parts) {
    int i = 0;
    for (Object part : parts) {
      find(below(path, "" + i++), part);
    }
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static @Nullable Object value(RecordComponent component, Record record) {
    Class<?> type = record.getClass();
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (InaccessibleObjectException e) {
      throw new IllegalArgumentException(
          "the parameters of %s can't be read: let module %s say \"opens %s to dev.cajal.nn;\""
              .formatted(type.getName(), type.getModule().getName(), type.getPackageName()),
          e);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException(
          "the component %s of %s can't be read".formatted(component.getName(), type.getName()), e);
    }
  }

  /** A layer that is no record may be a function, but must not have parameters. */
  private static void requireNothingHidden(String path, Layer layer) {
    if (layer.getClass().isEnum() || layer instanceof Enum<?>) {
      return;
    }
    var held = new ArrayList<String>();
    for (Class<?> type = layer.getClass(); type != null; type = type.getSuperclass()) {
      for (var field : type.getDeclaredFields()) {
        Class<?> kind = field.getType();
        boolean isPart = kind == Parameter.class || Layer.class.isAssignableFrom(kind);
        if (isPart && !Modifier.isStatic(field.getModifiers())) {
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
}
