package dev.cajal.autodiff;

import static dev.cajal.tensor.DType.F32;
import static dev.cajal.tensor.DType.F64;
import static dev.cajal.tensor.DType.I32;

import dev.cajal.tensor.Activations;
import dev.cajal.tensor.Arithmetic;
import dev.cajal.tensor.Functions;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The cases of what works element by element. */
final class ElementwiseCases {
  private static final double[] INTEGERS = {-2, -1, 0, 1, 2};
  private static final double[] HALVES = {-1.5, -0.5, 0.5, 1.5};

  private ElementwiseCases() {}

  static Stream<Case> all() {
    return Stream.of(arithmetic(), divisions(), conditions(), functions(), activations())
        .flatMap(List::stream);
  }

  private static Case arithmetic(String method, Function<Scene, Tensor> expression) {
    return Case.of(Arithmetic.class, method, expression);
  }

  private static List<Case> arithmetic() {
    return List.of(
        arithmetic("plus(Tensor)", s -> pair(s, Tensor::plus)),
        arithmetic("plus(double)", s -> any(s, x -> x.plus(0.7))),
        arithmetic("minus(Tensor)", s -> pair(s, Tensor::minus)),
        arithmetic("minus(double)", s -> any(s, x -> x.minus(0.7))),
        arithmetic("times(Tensor)", s -> pair(s, Tensor::times)),
        arithmetic("times(double)", s -> any(s, x -> x.times(-0.7))),
        arithmetic("times(Tensor)", s -> any(s, x -> x.times(x).times(x))).titled("by itself"),
        arithmetic("maximum(Tensor)", s -> pair(s, Tensor::maximum)),
        arithmetic("maximum(double)", s -> map(s, x -> x.maximum(0.5).times(x), -2, 2, 0.5)),
        arithmetic("minimum(Tensor)", s -> pair(s, Tensor::minimum)),
        arithmetic("minimum(double)", s -> map(s, x -> x.minimum(0.5).times(x), -2, 2, 0.5)),
        arithmetic("cast(DType)", s -> any(s, x -> x.square().cast(F32).cast(F64).times(x)))
            .titled("to another floating point"),
        arithmetic("cast(DType)", s -> map(s, x -> x.times(x.cast(I32).cast(F64)), -2, 2, INTEGERS))
            .titled("to integers and back"));
  }

  private static List<Case> divisions() {
    return List.of(
        arithmetic("over(Tensor)", s -> positive(s, Tensor::over)),
        arithmetic("over(Tensor)", s -> positive(s, (x, y) -> x.negated().over(y.negated())))
            .titled("of negative numbers"),
        arithmetic("over(double)", s -> any(s, x -> x.over(-0.7))),
        arithmetic("power(Tensor)", s -> positive(s, Tensor::power)),
        arithmetic("power(Tensor)", s -> positive(s, (x, y) -> x.power(y.negated())))
            .titled("with a negative exponent"),
        arithmetic(
            "power(double)", s -> power(s, 0.4, 2, s.choices.oneOf(0.0, 0.5, 1.0, 2.0, -1.5))),
        arithmetic(
                "power(double)", s -> power(s, -2, -0.4, s.choices.oneOf(0.0, 1.0, 2.0, 3.0, -1.0)))
            .titled("of a negative number"),
        arithmetic("floorOver(Tensor)", s -> quotient(s, Tensor::floorOver)),
        arithmetic(
            "floorOver(double)", s -> map(s, x -> x.floorOver(0.5).times(x), -1, 1, -0.5, 0, 0.5)),
        arithmetic("remainder(Tensor)", s -> quotient(s, Tensor::remainder)),
        arithmetic(
            "remainder(double)", s -> map(s, x -> x.remainder(0.5).times(x), -1, 1, -0.5, 0, 0.5)));
  }

  private static List<Case> conditions() {
    return List.of(
        arithmetic("lessThan(Tensor)", s -> pair(s, (x, y) -> chosen(x, x.lessThan(y)))),
        arithmetic("lessThan(double)", s -> map(s, x -> chosen(x, x.lessThan(0.5)), -2, 2, 0.5)),
        arithmetic("atMost(Tensor)", s -> pair(s, (x, y) -> chosen(x, x.atMost(y)))),
        arithmetic("atMost(double)", s -> map(s, x -> chosen(x, x.atMost(0.5)), -2, 2, 0.5)),
        arithmetic("greaterThan(Tensor)", s -> pair(s, (x, y) -> chosen(y, x.greaterThan(y)))),
        arithmetic(
            "greaterThan(double)", s -> map(s, x -> chosen(x, x.greaterThan(0.5)), -2, 2, 0.5)),
        arithmetic("atLeast(Tensor)", s -> pair(s, (x, y) -> chosen(y, x.atLeast(y)))),
        arithmetic("atLeast(double)", s -> map(s, x -> chosen(x, x.atLeast(0.5)), -2, 2, 0.5)),
        arithmetic(
            "equalTo(Tensor)", s -> pair(s, (x, y) -> chosen(x, x.sign().equalTo(y.sign())))),
        arithmetic("equalTo(double)", s -> any(s, x -> chosen(x, x.sign().equalTo(1)))),
        arithmetic("and(Tensor)", s -> pair(s, (x, y) -> chosen(x, positive(x).and(positive(y))))),
        arithmetic("or(Tensor)", s -> pair(s, (x, y) -> chosen(x, positive(x).or(positive(y))))),
        arithmetic("not()", s -> any(s, x -> chosen(x, positive(x).not()))),
        arithmetic(
            "where(Tensor,double)", s -> pair(s, (x, y) -> x.square().where(positive(y), 3))));
  }

  private static Case function(String method, Function<Scene, Tensor> expression) {
    return Case.of(Functions.class, method, expression);
  }

  private static List<Case> functions() {
    return List.of(
        function("negated()", s -> any(s, Tensor::negated)),
        function("abs()", s -> any(s, x -> x.abs().times(x))),
        function("sign()", s -> any(s, x -> x.sign().times(x))),
        function("floor()", s -> map(s, x -> x.floor().times(x), -2, 2, INTEGERS)),
        function("ceil()", s -> map(s, x -> x.ceil().times(x), -2, 2, INTEGERS)),
        function("round()", s -> map(s, x -> x.round().times(x), -2, 2, HALVES)),
        function("exp()", s -> any(s, Tensor::exp)),
        function("expm1()", s -> any(s, Tensor::expm1)),
        function("log()", s -> map(s, Tensor::log, 0.4, 3)),
        function("log1p()", s -> map(s, Tensor::log1p, -0.5, 2)),
        function("sqrt()", s -> map(s, Tensor::sqrt, 0.4, 3)),
        function("sin()", s -> any(s, Tensor::sin)),
        function("cos()", s -> any(s, Tensor::cos)),
        function("erf()", s -> any(s, Tensor::erf)),
        function("square()", s -> any(s, Tensor::square)),
        function("reciprocal()", s -> map(s, Tensor::reciprocal, 0.4, 2)),
        function(
            "clip(double,double)", s -> map(s, x -> x.clip(-0.5, 1).times(x), -2, 2, -0.5, 1)));
  }

  private static Case activation(String method, Function<Scene, Tensor> expression) {
    return Case.of(Activations.class, method, expression);
  }

  private static List<Case> activations() {
    return List.of(
        activation("sigmoid()", s -> any(s, Tensor::sigmoid)),
        activation("tanh()", s -> any(s, Tensor::tanh)),
        activation("softplus()", s -> any(s, Tensor::softplus)),
        activation("relu()", s -> any(s, x -> x.relu().times(x))),
        activation("leakyRelu(double)", s -> any(s, x -> x.leakyRelu(0.1).times(x))),
        activation("elu(double)", s -> any(s, x -> x.elu(0.7))),
        activation("gelu()", s -> any(s, Tensor::gelu)),
        activation("geluTanh()", s -> any(s, Tensor::geluTanh)),
        activation("silu()", s -> any(s, Tensor::silu)),
        activation("step()", s -> any(s, x -> x.step().times(x))),
        activation("hardTanh()", s -> map(s, x -> x.hardTanh().times(x), -2, 2, -1, 1)),
        activation("maxout(int)", ElementwiseCases::maxout),
        activation("softmax(int)", s -> along(s, Tensor::softmax)),
        activation("softmax(int,double)", s -> along(s, (x, axis) -> x.softmax(axis, 0.6))),
        activation("logSoftmax(int)", s -> along(s, Tensor::logSoftmax)),
        activation("dropout(double,long)", ElementwiseCases::dropoutInTraining)
            .titled("in training"),
        activation("dropout(double,long)", s -> any(s, x -> x.square().dropout(0.4, 3)))
            .titled("not in training"));
  }

  private static Tensor maxout(Scene s) {
    int pieces = s.choices.between(1, 3);
    Shape shape = s.choices.shape(0, 2).then(Shape.of(pieces * s.choices.between(0, 2)));
    Tensor x = s.x(shape);
    return x.square().times(x).maxout(pieces);
  }

  private static Tensor dropoutInTraining(Scene s) {
    s.train();
    return any(s, x -> x.square().dropout(0.4, 3));
  }

  private interface Along {
    Tensor of(Tensor x, int axis);
  }

  private static Tensor along(Scene s, Along f) {
    Shape shape = s.choices.shape(1, 3);
    return f.of(s.x(shape), s.choices.axis(shape));
  }

  private static Tensor any(Scene s, UnaryOperator<Tensor> f) {
    return f.apply(s.x(s.choices.shape(0, 4)));
  }

  private static Tensor map(
      Scene s, UnaryOperator<Tensor> f, double low, double high, double... corners) {
    return f.apply(s.x(s.choices.shape(0, 4), low, high, corners));
  }

  private static Tensor pair(Scene s, BinaryOperator<Tensor> f) {
    var shapes = s.choices.broadcasting();
    return f.apply(s.x(shapes.left()), s.x(shapes.right()));
  }

  private static Tensor positive(Scene s, BinaryOperator<Tensor> f) {
    var shapes = s.choices.broadcasting();
    return f.apply(s.x(shapes.left(), 0.4, 2), s.x(shapes.right(), 0.4, 2));
  }

  private static Tensor power(Scene s, double low, double high, double exponent) {
    return s.x(s.choices.shape(0, 3), low, high).power(exponent);
  }

  /** Divisors near ±1, and numbers that divided by those are not near an integer. */
  private static Tensor quotient(Scene s, BinaryOperator<Tensor> f) {
    var shapes = s.choices.broadcasting();
    double[] numbers =
        IntStream.range(0, Scene.count(shapes.left()))
            .mapToDouble(_ -> s.choices.between(-2, 2) + s.choices.number(0.2, 0.8))
            .toArray();
    double sign = s.choices.oneOf(-1.0, 1.0);
    double[] divisors =
        DoubleStream.generate(() -> sign * s.choices.number(0.98, 1.02))
            .limit(Scene.count(shapes.right()))
            .toArray();
    Tensor x = s.x(shapes.left(), numbers);
    return f.apply(x, s.x(shapes.right(), divisors)).times(x);
  }

  private static Tensor positive(Tensor x) {
    return x.greaterThan(0);
  }

  /** The squares where a condition holds: no gradient flows through the condition. */
  private static Tensor chosen(Tensor x, Tensor condition) {
    return x.square().times(condition.cast(F64));
  }
}
