package dev.cajal.autodiff;

import static dev.cajal.tensor.DType.F64;

import dev.cajal.tensor.Movement;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Choices;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The cases of what puts elements elsewhere. */
final class MovementCases {
  private MovementCases() {}

  static Stream<Case> all() {
    return Stream.concat(shapes().stream(), pieces().stream());
  }

  private static List<Case> shapes() {
    return List.of(
        movement("reshape(Shape)", s -> squares(s, 1, 3, x -> x.reshape(reversed(x.shape())))),
        movement("reshape(Object[])", s -> solid(s, 1, 3, x -> x.reshape(-1, x.size(0)))),
        movement("flatten()", s -> squares(s, 0, 3, Tensor::flatten)),
        movement("flatten(int,int)", MovementCases::flatten),
        movement(
            "insertAxis(int)",
            s -> squares(s, 0, 3, x -> x.insertAxis(s.choices.between(-x.rank() - 1, x.rank())))),
        movement("removeAxis(int)", MovementCases::removeAxis),
        movement("transpose()", s -> squares(s, 2, 4, Tensor::transpose)),
        movement(
            "transpose(int[])", s -> squares(s, 0, 4, x -> x.transpose(s.choices.order(x.rank())))),
        movement(
            "moveAxis(int,int)",
            s ->
                squares(
                    s,
                    1,
                    4,
                    x -> x.moveAxis(s.choices.axis(x.shape()), s.choices.axis(x.shape())))),
        movement(
            "expand(Shape)",
            s -> {
              Shape wide = s.choices.shape(0, 4);
              return s.x(s.choices.reduced(wide)).square().expand(wide);
            }),
        movement("sumTo(Shape)", s -> squares(s, 0, 4, x -> x.sumTo(s.choices.reduced(x.shape())))),
        movement("flip(int[])", s -> squares(s, 0, 4, x -> x.flip(s.choices.axes(x.shape())))));
  }

  private static List<Case> pieces() {
    return List.of(
        movement("slice(int,long,long)", s -> slice(s, 1)),
        movement("slice(int,long,long,long)", s -> slice(s, s.choices.between(1, 3))),
        movement("cut(int,Size,long,Size)", MovementCases::cut),
        movement(
            "last(int,long)",
            s ->
                squares(
                    s,
                    1,
                    3,
                    x -> {
                      int axis = s.choices.axis(x.shape());
                      return x.last(axis, s.choices.between(0, (int) x.size(axis).number()));
                    })),
        movement(
            "at(int,long)",
            s ->
                solid(
                    s,
                    1,
                    3,
                    x -> {
                      int axis = s.choices.axis(x.shape());
                      int size = (int) x.size(axis).number();
                      return x.at(axis, s.choices.between(-size, size - 1));
                    })),
        movement(
            "place(int,Size,long,Size)",
            s ->
                squares(
                    s,
                    1,
                    3,
                    x -> {
                      int axis = s.choices.between(0, x.rank() - 1);
                      int start = s.choices.between(0, 2);
                      int step = s.choices.between(1, 3);
                      long span = start + step * x.size(axis).number() + s.choices.between(0, 2);
                      return x.place(axis, Size.of(start), step, Size.of(span));
                    })),
        movement(
            "pad(int,long,long)",
            s ->
                squares(
                    s,
                    1,
                    3,
                    x ->
                        x.pad(
                            s.choices.axis(x.shape()),
                            s.choices.between(0, 2),
                            s.choices.between(0, 2)))),
        movement(
            "gather(int,Tensor)",
            s ->
                solid(
                    s,
                    1,
                    3,
                    x -> {
                      int axis = s.choices.axis(x.shape());
                      return x.gather(
                          axis, s.index(s.choices.shape(0, 2), (int) x.size(axis).number()));
                    })),
        movement("scatterAdd(int,Tensor,Size)", MovementCases::scatterAdd),
        movement(
            "oneHot(int)",
            s -> {
              Tensor labels = s.index(s.choices.shape(0, 2), 3);
              return s.x(labels.shape().then(Shape.of(3)))
                  .square()
                  .times(labels.oneHot(3).cast(F64));
            }));
  }

  private static Case movement(String method, Function<Scene, Tensor> expression) {
    return Case.of(Movement.class, method, expression);
  }

  /** Of squares, so that there is a second derivative. */
  private static Tensor squares(Scene s, int least, int greatest, Function<Tensor, Tensor> f) {
    return f.apply(s.x(s.choices.shape(least, greatest)).square());
  }

  private static Tensor solid(Scene s, int least, int greatest, Function<Tensor, Tensor> f) {
    return f.apply(s.x(s.choices.solidShape(least, greatest)).square());
  }

  private static Shape reversed(Shape shape) {
    return new Shape(shape.sizes().reversed());
  }

  private static Tensor flatten(Scene s) {
    Shape shape = s.choices.shape(1, 4);
    int[] axes = {s.choices.between(0, shape.rank() - 1), s.choices.between(0, shape.rank() - 1)};
    Arrays.sort(axes);
    return s.x(shape).square().flatten(axes[0], axes[1] - shape.rank());
  }

  private static Tensor removeAxis(Scene s) {
    Shape shape = s.choices.shape(1, 3);
    int axis = s.choices.axis(shape);
    return s.x(Choices.with(shape, shape.axis(axis), 1)).square().removeAxis(axis);
  }

  private static Tensor slice(Scene s, int step) {
    Shape shape = s.choices.shape(1, 3);
    int axis = s.choices.axis(shape);
    int size = (int) shape.size(axis).number();
    int[] ends = {s.choices.between(0, size), s.choices.between(0, size)};
    Arrays.sort(ends);
    int from = s.choices.oneIn(2) && ends[0] < size ? ends[0] - size : ends[0];
    int to = s.choices.oneIn(2) && ends[1] < size ? ends[1] - size : ends[1];
    Tensor x = s.x(shape).square();
    return step == 1 ? x.slice(axis, from, to) : x.slice(axis, from, to, step);
  }

  private static Tensor cut(Scene s) {
    int start = s.choices.between(0, 2);
    int step = s.choices.between(1, 3);
    int size = s.choices.size();
    int axis = s.choices.between(0, 1);
    Shape shape = Choices.with(s.choices.shape(2, 2), axis, start + step * size);
    return s.x(shape).square().cut(axis, Size.of(start), step, Size.of(size));
  }

  private static Tensor scatterAdd(Scene s) {
    int size = s.choices.solidSize();
    Tensor index = s.index(s.choices.shape(0, 2), size);
    Shape before = s.choices.shape(0, 1);
    Tensor x = s.x(Choices.joined(before, index.shape(), s.choices.shape(0, 1)));
    return x.square().scatterAdd(before.rank(), index, Size.of(size));
  }
}
