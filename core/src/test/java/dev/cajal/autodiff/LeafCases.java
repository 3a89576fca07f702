package dev.cajal.autodiff;

import static dev.cajal.tensor.DType.F64;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Unary;
import dev.cajal.testing.Choices;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The cases of what is no interface's: leaves, joints and marks. */
final class LeafCases {
  private static final int N = 3;

  private LeafCases() {}

  static Stream<Case> all() {
    return Stream.of(leaves(), joints(), marks()).flatMap(List::stream);
  }

  private static Case tensor(String method, Function<Scene, Tensor> expression) {
    return Case.of(Tensor.class, method, expression);
  }

  /** Squares times a leaf, to which nothing flows. */
  private static Case leaf(String method, Tensor leaf) {
    return tensor(method, s -> s.x(Shape.of(N, N)).square().times(leaf.cast(F64)));
  }

  private static List<Case> leaves() {
    return List.of(
        tensor(
            "input(String,Object[])",
            s -> s.variable(Tensor.input("f", N), Array.of(new double[] {1, 2, 3})).sin()),
        tensor("input(String,DType,Object[])", s -> s.x(Shape.of(N)).sin()),
        leaf("constant(Array)", Tensor.constant(Array.of(new double[] {1, 2, 3}))),
        leaf("constant(float[])", Tensor.constant(1, 2, 3)),
        leaf("scalar(double)", Tensor.scalar(0.5)),
        leaf("scalar(DType,double)", Tensor.scalar(F64, 0.3)),
        leaf("full(Shape,DType,double)", Tensor.full(Shape.of(N), F64, 0.3)),
        leaf("zeros(Object[])", Tensor.zeros(N, N)),
        leaf("ones(Object[])", Tensor.ones(N)),
        leaf("range(Object)", Tensor.range(N)),
        leaf("iota(Shape,int)", Tensor.iota(Shape.of(N, N), 1)),
        leaf("eye(Object)", Tensor.eye(N)),
        leaf("sizeOf(Size)", Tensor.sizeOf(Size.of(N))),
        leaf("training()", Tensor.training()),
        leaf("uniform(long,Object[])", Tensor.uniform(3, N, N)),
        leaf("normal(long,Object[])", Tensor.normal(4, N, N)),
        leaf("bernoulli(double,long,Object[])", Tensor.bernoulli(0.6, 5, N, N)),
        tensor("sizeOf(Size)", LeafCases::symbolicMean).titled("of a symbol"),
        tensor("of(Op,Tensor[])", LeafCases::parameter).titled("a parameter"));
  }

  private static Tensor symbolicMean(Scene s) {
    Tensor x = Tensor.input("x", F64, "batch", 2);
    s.variable(x, Array.of(new double[] {1, -2, 3, 0.5, 0.25, -1}, 3, 2));
    return x.square().mean(0);
  }

  private static Tensor parameter(Scene s) {
    Array numbers = Array.of(new double[] {0.5, -1.5});
    Tensor w = s.variable(Parameter.of("w", numbers).value(), numbers);
    return s.x(Shape.of(N, 2)).times(w.sin());
  }

  private static List<Case> joints() {
    return List.of(
        tensor(
            "concat(int,Tensor[])",
            s -> {
              Shape shape = s.choices.shape(1, 3);
              int axis = s.choices.axis(shape);
              Tensor[] parts =
                  IntStream.range(0, s.choices.between(1, 3))
                      .mapToObj(_ -> Choices.with(shape, shape.axis(axis), s.choices.size()))
                      .map(part -> s.x(part).square())
                      .toArray(Tensor[]::new);
              return Tensor.concat(axis, parts);
            }),
        tensor(
                "concat(int,Tensor[])",
                s -> {
                  Tensor x = s.x(s.choices.shape(1, 2)).square();
                  return Tensor.concat(0, x, x.sin(), x);
                })
            .titled("of a tensor with itself"),
        tensor(
            "stack(int,Tensor[])",
            s -> {
              Shape shape = s.choices.shape(0, 2);
              int axis = s.choices.between(-shape.rank() - 1, shape.rank());
              return Tensor.stack(axis, s.x(shape).square(), s.x(shape).sin());
            }),
        tensor(
            "where(Tensor,Tensor,Tensor)",
            s -> {
              Shape wide = s.choices.shape(0, 4);
              Tensor condition = s.flags(s.choices.reduced(wide));
              Tensor x = s.x(s.choices.reduced(wide));
              return Tensor.where(condition, x.square(), s.x(s.choices.reduced(wide)).sin());
            }));
  }

  private static List<Case> marks() {
    return List.of(
        tensor(
            "stopGradient()",
            s -> {
              Tensor x = s.x(Shape.of(N));
              return x.square().times(s.fixed(Shape.of(N), -1, 1).sin().stopGradient());
            }),
        tensor(
            "assigning(Parameter,Tensor)",
            s -> {
              Parameter mean = Parameter.of("mean", Array.scalar(F64, 0));
              Tensor x = s.x(s.choices.shape(0, 3));
              return x.square().assigning(mean, x.mean()).times(x);
            }),
        tensor("named(String)", s -> s.x(Shape.of(N)).square().named("squares").sin()),
        tensor(
            "withInputs(List)",
            s -> {
              Tensor x = s.x(Shape.of(N));
              return x.sin().withInputs(List.of(x.square()));
            }),
        tensor(
            "of(Op,List)",
            s -> Tensor.of(new Op.Map1(Unary.SIN), List.of(s.x(s.choices.shape(0, 3))))),
        tensor(
            "of(Op,Tensor[])", s -> Tensor.of(new Op.Map1(Unary.COS), s.x(s.choices.shape(0, 3)))));
  }
}
