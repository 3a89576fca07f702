package dev.cajal.train;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gradients of several batches added up, each by how much its samples count: their mean is that of
 * one large batch.
 */
final class GradientSums {
  private record Sum(Tensor gradient, Parameter parameter) {}

  private final Tensor counts;
  private final Map<Parameter, Sum> sums = new LinkedHashMap<>();
  private final Parameter count = zeros("count", Shape.SCALAR, DType.F32);

  /** Of gradients of a mean over as many samples as {@code counts} says. */
  GradientSums(Map<Parameter, Tensor> gradients, Tensor counts) {
    this.counts = counts;
    gradients.forEach((parameter, gradient) -> {
      String name = parameter.name().orElseThrow();
      sums.put(parameter, new Sum(gradient, zeros(name, parameter.shape(), parameter.dtype())));
    });
  }

  private static Parameter zeros(String name, Shape shape, DType dtype) {
    int length = Math.toIntExact(shape.elements().number());
    return Parameter.of("/sum of " + name, Array.wrap(new float[length], shape).as(dtype, shape));
  }

  /** What the sums become with another batch. */
  Map<Parameter, Tensor> added() {
    Map<Parameter, Tensor> updates = new LinkedHashMap<>();
    for (Sum sum : sums.values()) {
      Tensor weight = counts.cast(sum.parameter.dtype());
      updates.put(sum.parameter, sum.parameter.value().plus(sum.gradient.times(weight)));
    }
    updates.put(count, count.value().plus(counts.cast(count.dtype())));
    return updates;
  }

  /** The mean gradients of the batches added up; of no sample that counts they are 0. */
  Map<Parameter, Tensor> means() {
    Tensor isNone = count.value().equalTo(0);
    Tensor share = count.value().plus(isNone.cast(count.dtype())).reciprocal();
    Map<Parameter, Tensor> means = new LinkedHashMap<>();
    sums.forEach((parameter, sum) ->
        means.put(parameter, sum.parameter.value().times(share.cast(parameter.dtype()))));
    return means;
  }

  /** What the sums become for the next step: nothing. */
  Map<Parameter, Tensor> cleared() {
    Map<Parameter, Tensor> updates = new LinkedHashMap<>();
    updates.put(count, Tensor.full(count.shape(), count.dtype(), 0));
    for (Sum sum : sums.values()) {
      Parameter its = sum.parameter;
      updates.put(its, Tensor.full(its.shape(), its.dtype(), 0));
    }
    return updates;
  }
}
