package dev.cajal.testing;

import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Distribution;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** The leaves of a random graph and their numbers, which can be had for other sizes as well. */
final class RandomGraphLeaves {

  /** What numbers an f32 leaf has. */
  private enum Kind {
    AROUND_ZERO,
    POSITIVE,
    SMALL_INTEGERS,
    SPARSE
  }

  private interface Drawing {
    Array draw(Shape shape, SplittableRandom random);
  }

  /** An input: where its numbers come from. */
  private record Given(Tensor node, int seed, Drawing drawing) {
    Array numbers(Map<String, Long> sizes) {
      return drawing.draw(node.shape().bind(sizes), new SplittableRandom(seed));
    }
  }

  private final Choices choices;
  private final Bindings context;
  private final Map<Tensor, Given> inputs = new LinkedHashMap<>();
  private int named;

  RandomGraphLeaves(Choices choices, Bindings context) {
    this.choices = choices;
    this.context = context;
  }

  private int seed() {
    return choices.between(0, Integer.MAX_VALUE - 1);
  }

  /** The values of some of the inputs, for some sizes. */
  Bindings bindings(Map<String, Long> sizes, Set<Tensor> wanted) {
    Bindings bindings = new Bindings(Map.of(), sizes, context.seed(), context.training());
    for (Given input : inputs.values()) {
      if (wanted.contains(input.node)) {
        bindings = bindings.with(input.node, input.numbers(sizes));
      }
    }
    return bindings;
  }

  /** What a leaf is worth. */
  Array value(Tensor leaf) {
    Given given = inputs.get(leaf);
    return given != null ? given.numbers(context.sizes()) : Reference.evaluate(leaf, context);
  }

  private Tensor input(DType dtype, Shape shape, Drawing drawing) {
    Tensor input = Tensor.input("x" + named++, dtype, shape.sizes().toArray());
    inputs.put(input, new Given(input, seed(), drawing));
    return input;
  }

  /** An f32 leaf of any kind. */
  Tensor floats(Shape shape) {
    long stream = choices.between(0, 3);
    return switch (choices.between(0, 15)) {
      case 0, 1, 2, 3 -> parameter(shape);
      case 4, 5 -> constant(shape);
      case 6 -> Tensor.full(shape, DType.F32, choices.oneOf(0.0, 1.0, -1.0, 0.5, 0.1));
      case 7 -> random(Distribution.UNIFORM, shape, stream);
      case 8 -> random(Distribution.NORMAL, shape, stream);
      case 9 -> shape.rank() > 0 ? iota(shape) : size();
      default -> input(DType.F32, shape, floats(choices.oneOf(Kind.values())));
    };
  }

  private Tensor random(Distribution distribution, Shape shape, long stream) {
    return Tensor.of(new Op.Random(distribution, shape, DType.F32, stream));
  }

  private Tensor iota(Shape shape) {
    return Tensor.of(new Op.Iota(shape, choices.between(0, shape.rank() - 1), DType.F32));
  }

  private Tensor size() {
    String symbol = context.sizes().keySet().stream().findFirst().orElse("");
    return symbol.isEmpty()
        ? Tensor.scalar(choices.number(-2, 2))
        : Tensor.of(new Op.SizeOf(Size.symbol(symbol).times(Size.of(2)), DType.F32));
  }

  private Tensor constant(Shape shape) {
    return shape.isNumeric()
        ? Tensor.constant(floats(Kind.AROUND_ZERO).draw(shape, new SplittableRandom(seed())))
        : input(DType.F32, shape, floats(Kind.AROUND_ZERO));
  }

  /** A parameter's leaf; where its shape has symbols, an input. */
  Tensor parameter(Shape shape) {
    Drawing drawing = floats(Kind.AROUND_ZERO);
    return shape.isNumeric()
        ? Parameter.of("p" + named++, drawing.draw(shape, new SplittableRandom(seed()))).value()
        : input(DType.F32, shape, drawing);
  }

  Tensor flags(Shape shape) {
    return input(
        DType.BOOL,
        shape,
        (sizes, random) -> {
          var flags = new boolean[count(sizes)];
          for (int i = 0; i < flags.length; i++) {
            flags[i] = random.nextBoolean();
          }
          return Array.wrap(flags, sizes);
        });
  }

  /** Integers from 0 to below a size. */
  Tensor index(Shape shape, Size below) {
    return input(
        DType.I32,
        shape,
        (sizes, random) -> {
          // The sizes of a symbol only ever grow, so the number now will do for all.
          int end = (int) below.bind(context.sizes()).number();
          return Array.wrap(random.ints(count(sizes), 0, end).toArray(), sizes);
        });
  }

  private static Drawing floats(Kind kind) {
    return (sizes, random) -> {
      var floats = new float[count(sizes)];
      for (int i = 0; i < floats.length; i++) {
        double number = random.nextDouble(-2, 2);
        floats[i] =
            (float)
                switch (kind) {
                  case AROUND_ZERO -> number;
                  case POSITIVE -> 0.1 + Math.abs(number);
                  case SMALL_INTEGERS -> Math.rint(number);
                  case SPARSE -> random.nextInt(3) == 0 ? number : 0;
                };
      }
      return Array.wrap(floats, sizes);
    };
  }

  private static int count(Shape shape) {
    return (int) shape.elements().number();
  }
}
