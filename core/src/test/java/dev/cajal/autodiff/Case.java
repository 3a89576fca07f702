package dev.cajal.autodiff;

import dev.cajal.tensor.Tensor;
import java.util.function.Function;

/**
 * One entry of the catalogue of everything that can be differentiated.
 *
 * @param method the method that it tests, as {@code Interface.name(types)}
 * @param title what is special about it
 * @param expression the expression over the inputs of a scene
 */
record Case(String method, String title, Function<Scene, Tensor> expression) {

  /** A case of a method that is called as {@code name(types)}. */
  static Case of(Class<?> owner, String method, Function<Scene, Tensor> expression) {
    return new Case(owner.getSimpleName() + "." + method, "", expression);
  }

  Case titled(String other) {
    return new Case(method, other, expression);
  }

  @Override
  public String toString() {
    return title.isEmpty() ? method : method + ", " + title;
  }
}
