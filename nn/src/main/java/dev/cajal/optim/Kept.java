package dev.cajal.optim;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** What is kept: for each parameter under its name and the optimizer's, and the step. */
final class Kept {
  private final Tensor pace;
  private final Parameter steps = Parameter.of("/step", Array.scalar(DType.F32, 0));
  private final Tensor step = steps.value().plus(1);
  private final SequencedMap<String, Parameter> byName = new LinkedHashMap<>();
  private final Map<Parameter, Tensor> updates = new LinkedHashMap<>();

  Kept(Tensor pace) {
    this.pace = pace;
    byName.put("step", steps);
    updates.put(steps, step);
  }

  State of(Parameter parameter) {
    return new State() {
      @Override
      public Tensor like(String name, Parameter like) {
        return slot(parameter, name, like.shape(), 0).value();
      }

      @Override
      public Tensor number(String name, double first) {
        return slot(parameter, name, Shape.SCALAR, first).value();
      }

      @Override
      public Tensor step() {
        return step.cast(parameter.dtype());
      }

      @Override
      public Tensor rate(double rate) {
        return pace.cast(parameter.dtype()).times(rate);
      }
    };
  }

  private Parameter slot(Parameter parameter, String name, Shape shape, double first) {
    String full = name(parameter) + "/" + name;
    return byName.computeIfAbsent(
        full,
        _ -> {
          var numbers = new double[Math.toIntExact(shape.elements().number())];
          Arrays.fill(numbers, first);
          return Parameter.of(full, Array.wrap(numbers, shape).as(parameter.dtype(), shape));
        });
  }

  void keep(Parameter parameter, Update update) {
    update
        .kept()
        .forEach((name, next) -> {
          Parameter slot = byName.get(name(parameter) + "/" + name);
          if (slot == null) {
            throw new IllegalArgumentException(
                "the optimizer keeps \"%s\" of %s and never asks for it"
                    .formatted(name, parameter));
          }
          updates.put(slot, next);
        });
  }

  Map<Parameter, Tensor> updates() {
    return updates;
  }

  SequencedMap<String, Parameter> byName() {
    return byName;
  }

  /** What a parameter is kept under. */
  static String name(Parameter parameter) {
    return parameter
        .name()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "a parameter %s without a name can't be learned: Parameters.of(model) names them"
                    .formatted(parameter.shape())));
  }
}
