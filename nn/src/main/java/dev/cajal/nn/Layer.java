package dev.cajal.nn;

import dev.cajal.tensor.Tensor;

/**
 * A part of a network, or a whole one: an expression of its input and of its own parameters.
 *
 * <p>A layer that has parameters is a record. They are its components, or components of layers that
 * are, alone or in lists, maps and optionals; so {@link Parameters} finds them, and names them by
 * their paths.
 *
 * <pre>{@code
 * record Classifier(Dense hidden, List<Residual> blocks, Dense output) implements Layer {
 *   @Override
 *   public Tensor apply(Tensor x) {
 *     Tensor h = hidden.apply(x).relu();
 *     for (Layer block : blocks) {
 *       h = block.apply(h);
 *     }
 *     return output.apply(h);
 *   }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Layer {

  /** The output for an input; building it computes nothing, but checks shapes. */
  Tensor apply(Tensor x);
}
