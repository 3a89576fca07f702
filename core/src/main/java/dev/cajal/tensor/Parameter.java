package dev.cajal.tensor;

import java.util.Optional;

/**
 * A named array that a network learns: the only thing in the language that changes. Its {@link
 * #value()} is the leaf that expressions are built on; running an update writes its array.
 */
public final class Parameter {
  private final Tensor value;
  private final Array array;
  private Optional<String> name;

  private Parameter(Optional<String> name, Array array) {
    this.name = name;
    this.array = array;
    this.value = Tensor.of(new Op.Param(this));
  }

  /**
   * A parameter with a name, which errors, prints and files use, and a copy of its first numbers.
   */
  public static Parameter of(String name, Array array) {
    return new Parameter(Optional.of(name), array.copy());
  }

  /** A parameter without a name: a model gives it one, its path. */
  public static Parameter of(Array array) {
    return new Parameter(Optional.empty(), array.copy());
  }

  /** The leaf that stands for this parameter in expressions: always the same node. */
  public Tensor value() {
    return value;
  }

  /** The numbers it has now; the same array all along, whose contents change. */
  public Array array() {
    return array;
  }

  /** Gives it other numbers, of the same shape and dtype. */
  public void set(Array numbers) {
    if (!numbers.shape().equals(shape()) || numbers.dtype() != dtype()) {
      throw new IllegalArgumentException(
          "parameter %s is %s %s and can't be set to %s %s"
              .formatted(label(), shape(), dtype(), numbers.shape(), numbers.dtype()));
    }
    // In place: whoever holds the storage, such as a compiled program, sees the new numbers.
    System.arraycopy(numbers.data(), 0, array.data(), 0, array.length());
  }

  public Shape shape() {
    return array.shape();
  }

  public DType dtype() {
    return array.dtype();
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
    return label() + " " + shape();
  }
}
