package dev.cajal.tensor;

import dev.cajal.random.RandomStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A named array that a network learns: the only thing in the language that changes. Its {@link
 * #value()} is the leaf that expressions are built on; running an update writes its array.
 */
public final class Parameter {
  private static final AtomicLong NAMELESS = new AtomicLong();

  private final Tensor value;
  private final Shape shape;
  private final DType dtype;
  private final Initial initial;
  private volatile @Nullable Array array;

  /** Where its numbers are from, if they were made because somebody looked, and not on purpose. */
  private @Nullable RandomStream glimpsed;

  private volatile Optional<String> name;

  /** First numbers of a parameter: of a shape, from a random stream of its own. */
  @FunctionalInterface
  public interface Initial {
    Array of(Shape shape, RandomStream random);
  }

  private Parameter(Optional<String> name, Shape shape, DType dtype, Initial initial) {
    this.name = name;
    this.shape = shape;
    this.dtype = dtype;
    this.initial = initial;
    this.value = Tensor.of(new Op.Param(this));
  }

  private static Parameter of(Optional<String> name, Array array) {
    Array first = array.copy();
    var parameter = new Parameter(name, array.shape(), array.dtype(), (_, _) -> first);
    parameter.array = first;
    return parameter;
  }

  /**
   * A parameter with a name, which errors, prints and files use, and a copy of its first numbers.
   */
  public static Parameter of(String name, Array array) {
    return of(Optional.of(name), array);
  }

  /** A parameter without a name: a model gives it one, its path. */
  public static Parameter of(Array array) {
    return of(Optional.empty(), array);
  }

  /**
   * A parameter of floats that has its numbers, and takes memory, only when they are asked for:
   * from {@link #initialise}, or else from the seed 0.
   */
  public static Parameter of(Initial initial, Object... sizes) {
    Shape shape = Shape.of(sizes);
    if (!shape.isNumeric()) {
      throw new IllegalArgumentException(
          "a parameter's sizes are numbers, not those of %s".formatted(shape));
    }
    return new Parameter(Optional.empty(), shape, DType.F32, initial);
  }

  /** The leaf that stands for this parameter in expressions: always the same node. */
  public Tensor value() {
    return value;
  }

  /** The numbers it has now; the same array all along, whose contents change. */
  public Array array() {
    Array numbers = array;
    return numbers != null ? numbers : looked();
  }

  private synchronized Array looked() {
    Array numbers = array;
    if (numbers == null) {
      RandomStream stream = stream(0);
      numbers = first(stream);
      glimpsed = stream;
      array = numbers;
    }
    return numbers;
  }

  /** That of its name; one without a name has a stream that no other has. */
  private RandomStream stream(long seed) {
    return RandomStream.of(seed, name.orElseGet(() -> "nameless " + NAMELESS.getAndIncrement()));
  }

  private Array first(RandomStream stream) {
    Array numbers = initial.of(shape, stream);
    requireLike(numbers);
    return numbers;
  }

  /**
   * Whether it has numbers yet: those it was made with, was initialised with or set to, or others
   * since. Looking at it gives it none: what was made for that alone counts once it has changed.
   */
  public synchronized boolean hasNumbers() {
    Array numbers = array;
    RandomStream stream = glimpsed;
    return numbers != null && (stream == null || !numbers.equals(first(stream)));
  }

  /**
   * Gives it its first numbers, (again) those of a seed and of its name. One that was made with
   * numbers keeps those it has.
   */
  public synchronized void initialise(long seed) {
    Array first = first(stream(seed));
    if (array == null) {
      array = first;
    } else {
      set(first);
    }
  }

  /** Gives it other numbers, of the same shape and dtype. */
  public synchronized void set(Array numbers) {
    requireLike(numbers);
    glimpsed = null;
    Array mine = array;
    if (mine == null) {
      // Those that it would have begun with need not be made.
      array = numbers.copy();
      return;
    }
    // In place: whoever holds the storage, such as a compiled program, sees the new numbers.
    System.arraycopy(numbers.data(), 0, mine.data(), 0, mine.length());
  }

  private void requireLike(Array numbers) {
    if (!numbers.shape().equals(shape) || numbers.dtype() != dtype) {
      throw new IllegalArgumentException(
          "parameter %s is %s %s and can't be set to %s %s"
              .formatted(label(), shape, dtype, numbers.shape(), numbers.dtype()));
    }
  }

  public Shape shape() {
    return shape;
  }

  public DType dtype() {
    return dtype;
  }

  public Optional<String> name() {
    return name;
  }

  /** Gives it a name, such as its path in a model; the latest one counts. */
  public void rename(String newName) {
    name = Optional.of(newName);
  }

  String label() {
    return name.orElse("parameter");
  }

  @Override
  public String toString() {
    return label() + " " + shape;
  }
}
