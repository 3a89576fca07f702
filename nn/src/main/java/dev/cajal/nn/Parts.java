package dev.cajal.nn;

import dev.cajal.tensor.Parameter;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a model is made of: its layers, parameters and dice, by their paths, each after its whole.
 */
final class Parts {
  private final List<Map.Entry<String, Object>> found = new ArrayList<>();
  private final Set<String> paths = new HashSet<>();

  private Parts() {}

  static Parts of(Layer model) {
    var parts = new Parts();
    parts.find("", model);
    return parts;
  }

  /** Whether there is anything in it that a model must find: parameters, or dice. */
  static boolean areIn(Object something) {
    var parts = new Parts();
    parts.find("", something);
    return parts.found.stream()
        .anyMatch(part -> part.getValue() instanceof Parameter || part.getValue() instanceof Dice);
  }

  void forEach(BiConsumer<String, Object> action) {
    found.forEach(part -> action.accept(part.getKey(), part.getValue()));
  }

  private void find(String path, @Nullable Object part) {
    switch (part) {
      case null -> throw new IllegalArgumentException("the model has null at " + path);
      case Parameter _, Dice _ -> add(path, part);
      case Record record -> {
        if (record instanceof Layer) {
          add(path, record);
        }
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          find(below(path, component.getName()), value(component, record));
        }
      }
      case SequencedCollection<?> parts -> findEach(path, parts);
      case Collection<?> parts -> findNoneIn(path, parts);
      case Object[] parts -> findEach(path, Arrays.asList(parts));
      case Optional<?> maybe -> maybe.ifPresent(it -> find(path, it));
      case SequencedMap<?, ?> parts -> parts.forEach((key, it) -> find(below(path, "" + key), it));
      // Such a map has another order in each process: that of the keys' text is always the same.
      case Map<?, ?> parts ->
          parts.entrySet().stream()
              .sorted(Comparator.comparing(entry -> "" + entry.getKey()))
              .forEach(entry -> find(below(path, "" + entry.getKey()), entry.getValue()));
      case SavedModel saved -> {
        add(path, saved);
        saved.parameters().forEach((name, its) -> add(below(path, name), its));
      }
      case Layer layer -> {
        Hidden.requireNothing(path, layer);
        add(path, layer);
      }
      default -> {}
    }
  }

  private void add(String path, Object part) {
    if (!paths.add(path)) {
      throw new IllegalArgumentException(
          "the model has two parts at %s: paths are names, and must differ".formatted(path));
    }
    found.add(Map.entry(path, part));
  }

  private void findNoneIn(String path, Collection<?> parts) {
    int before = found.size();
    findEach(path, parts);
    if (found.size() > before) {
      throw new IllegalArgumentException(
          "the model has a %s at %s, whose parts have no order: make it a list"
              .formatted(parts.getClass().getSimpleName(), path));
    }
  }

  private void findEach(String path, Collection<?> parts) {
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
}
