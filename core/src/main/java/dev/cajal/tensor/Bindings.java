package dev.cajal.tensor;

import static dev.cajal.tensor.Complaint.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an expression needs to become numbers: values for its inputs, sizes for symbols that no
 * input settles, the seed of its random numbers, and whether this is a training run.
 *
 * <pre>{@code Bindings.of(x, 1, 2, 3).with(y, array).seed(7)}</pre>
 *
 * <p>Any node can be given a value, not only an input: what it was computed from is then not looked
 * at.
 *
 * @param values the numbers of some nodes
 * @param sizes the numbers of some symbols
 * @param seed what random numbers depend on
 * @param training whether {@link Tensor#training()} is true
 */
public record Bindings(
    Map<Tensor, Array> values, Map<String, Long> sizes, long seed, boolean training) {

  public Bindings {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    sizes = Map.copyOf(sizes);
  }

  /** Nothing: for expressions without inputs. */
  public static Bindings none() {
    return new Bindings(Map.of(), Map.of(), 0, false);
  }

  public static Bindings of(Tensor node, Array value) {
    return none().with(node, value);
  }

  /**
   * A value row by row, as many numbers as the node's shape has; one symbol follows from their
   * count.
   */
  public static Bindings of(Tensor node, double... values) {
    return none().with(node, values);
  }

  public Bindings with(Tensor node, Array value) {
    var more = new LinkedHashMap<>(values);
    more.put(node, value);
    return new Bindings(more, sizes, seed, training);
  }

  public Bindings with(Tensor node, double... numbers) {
    return with(node, Array.of(numbers).as(node.dtype(), filled(node, numbers.length)));
  }

  /** The shape of a node that so many numbers fill. */
  private Shape filled(Tensor node, int count) {
    Shape shape = node.shape().bind(sizes);
    Size symbols = Size.product(shape.sizes().stream().filter(size -> !size.isNumber()).toList());
    Size numbers = Size.product(shape.sizes().stream().filter(Size::isNumber).toList());
    long open = shape.sizes().stream().filter(size -> !size.isNumber()).count();
    long left = numbers.is(0) ? 0 : count / numbers.number();
    long exact = symbols.factor() == 0 ? 0 : left / symbols.factor();
    require(
        open == 0 || (open == 1 && symbols.symbols().size() == 1),
        "bindings",
        () ->
            "%d numbers leave the sizes of %s open: give an Array with a shape"
                .formatted(count, node.brief()));
    Shape bound = open == 0 ? shape : shape.bind(Map.of(symbols.symbols().getFirst(), exact));
    require(
        bound.elements().is(count),
        "bindings",
        () -> "%d numbers do not fill %s".formatted(count, node.brief()));
    return bound;
  }

  /** A number for a symbol; needed only where no value settles it. */
  public Bindings size(String symbol, long number) {
    require(
        number >= 0 && number <= Integer.MAX_VALUE,
        "bindings",
        () -> "%s can't be %d".formatted(symbol, number));
    var more = new HashMap<>(sizes);
    more.put(symbol, number);
    return new Bindings(values, more, seed, training);
  }

  public Bindings seed(long newSeed) {
    return new Bindings(values, sizes, newSeed, training);
  }

  /** The same for a training run. */
  public Bindings inTraining() {
    return new Bindings(values, sizes, seed, true);
  }

  /**
   * Numbers for all symbols that the values settle; refused where they contradict a shape or each
   * other.
   */
  public Map<String, Long> settle() {
    Map<String, Long> known = new HashMap<>(sizes);
    Map<String, String> origins = new HashMap<>();
    sizes.keySet().forEach(symbol -> origins.put(symbol, "the sizes given"));
    List<Map.Entry<Tensor, Array>> open = new ArrayList<>(values.entrySet());
    open.forEach(entry -> requireAlike(entry.getKey(), entry.getValue()));
    for (int before = -1; before != known.size(); ) {
      before = known.size();
      open.forEach(entry -> match(entry.getKey(), entry.getValue(), known, origins));
    }
    return known;
  }

  private static void requireAlike(Tensor node, Array value) {
    require(
        node.rank() == value.shape().rank(),
        "bindings",
        () -> "%s is given an array %s".formatted(node.brief(), value.shape()));
    require(
        node.dtype() == value.dtype() || (node.dtype().isFloat() && value.dtype().isFloat()),
        "bindings",
        () ->
            "%s is %s, the array given is %s".formatted(node.brief(), node.dtype(), value.dtype()));
  }

  private static void match(
      Tensor node, Array value, Map<String, Long> known, Map<String, String> origins) {
    for (int axis = 0; axis < node.rank(); axis++) {
      Size size = node.size(axis).bind(known);
      long number = value.shape().size(axis).number();
      if (size.symbols().size() == 1 && number % size.factor() == 0) {
        known.put(size.symbols().getFirst(), number / size.factor());
        origins.put(size.symbols().getFirst(), Notation.brief(node));
      } else {
        int at = axis;
        String origin = node.size(axis).symbols().stream().findFirst().map(origins::get).orElse("");
        require(
            size.symbols().size() > 1 || size.is(number),
            "bindings",
            () ->
                "%s is given an array %s: axis %d: %s ≠ %d%s"
                    .formatted(
                        node.brief(),
                        value.shape(),
                        at,
                        size,
                        number,
                        origin.isEmpty()
                            ? ""
                            : " (%s is settled by %s)".formatted(node.size(at), origin)));
      }
    }
  }
}
