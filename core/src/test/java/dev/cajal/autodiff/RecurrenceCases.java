package dev.cajal.autodiff;

import static dev.cajal.tensor.DType.F64;
import static dev.cajal.tensor.DType.I32;

import dev.cajal.tensor.Body;
import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Recurrence.Step;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The cases of loops. */
final class RecurrenceCases {
  private static final String RUN = "run(List,Rule)";

  private RecurrenceCases() {}

  static Stream<Case> all() {
    return Stream.concat(directions().stream(), contents().stream());
  }

  private static Case loop(String method, Function<Scene, Tensor> expression) {
    return Case.of(Recurrence.class, method, expression);
  }

  private static List<Case> directions() {
    return List.of(
        loop("over(Tensor[])", s -> elman(s, steps(s))),
        loop("over(Tensor[])", s -> elman(s, 0)).titled("no step"),
        loop("over(Tensor[])", s -> elman(s, 1)).titled("one step"),
        loop(
            "states(Tensor,BinaryOperator)",
            s -> {
              Tensor xs = s.x(Shape.of(steps(s)));
              return Recurrence.over(xs).states(s.x(Shape.SCALAR), (h, x) -> h.times(x).tanh());
            }),
        loop(
            "backward()",
            s -> {
              Tensor xs = s.x(Shape.of(steps(s), 2));
              return Recurrence.over(xs)
                  .backward()
                  .states(s.x(Shape.of(2)), (h, x) -> h.times(x).sin());
            }),
        loop(
            "towards(Direction)",
            s -> {
              Tensor xs = s.x(Shape.of(steps(s), 2));
              var way = s.choices.oneOf(Body.Direction.values());
              return Recurrence.over(xs)
                  .towards(way)
                  .states(s.x(Shape.of(2)), (h, x) -> h.plus(x).sin());
            }),
        loop(
            "times(Object)",
            s ->
                Recurrence.times(steps(s))
                    .run(
                        List.of(s.x(Shape.of(2), 0.2, 0.8)), (h, _) -> only(logistic(h.getFirst())))
                    .last()
                    .getFirst()),
        loop(
                "truncated(int)",
                s -> {
                  Tensor xs = s.x(Shape.of(3, 2));
                  return Recurrence.over(xs)
                      .truncated(3)
                      .states(s.x(Shape.of(2)), (h, x) -> h.times(x).sin());
                })
            .titled("at its own length"));
  }

  private static List<Case> contents() {
    return List.of(
        loop(RUN, RecurrenceCases::lstm).titled("several carries and sequences"),
        loop(RUN, RecurrenceCases::embedding).titled("an integer sequence and an integer carry"),
        loop(RUN, RecurrenceCases::shared).titled("a tensor used inside and outside"),
        loop(RUN, RecurrenceCases::nested).titled("a loop in a loop"),
        loop(RUN, RecurrenceCases::nestedOverState).titled("a loop over a state of a loop"),
        loop(RUN, RecurrenceCases::outputsOnly).titled("outputs without a carry"),
        loop(RUN, RecurrenceCases::handedThrough).titled("outputs that no step computes"),
        loop(RUN, RecurrenceCases::readTwice).titled("of which everything is read twice"),
        loop(RUN, RecurrenceCases::lastOnly).titled("of which only one carry is read"),
        loop(RUN, RecurrenceCases::dropped).titled("with dropout inside"),
        loop(RUN, RecurrenceCases::chained).titled("a loop over the outputs of a loop"));
  }

  private static int steps(Scene s) {
    return s.choices.between(0, 4);
  }

  private static Step only(Tensor carry) {
    return new Step(List.of(carry), List.of());
  }

  private static Tensor logistic(Tensor h) {
    return h.times(h.negated().plus(1)).times(3.2);
  }

  private static Tensor elman(Scene s, int steps) {
    Tensor xs = s.x(Shape.of(steps, 2, 2), -1, 1);
    Tensor w = s.x(Shape.of(2, 3), -1, 1);
    Tensor u = s.x(Shape.of(3, 3), -1, 1);
    return Recurrence.over(xs)
        .states(s.x(Shape.of(2, 3), -1, 1), (h, x) -> x.matmul(w).plus(h.matmul(u)).tanh());
  }

  private static Tensor lstm(Scene s) {
    int steps = steps(s);
    Tensor xs = s.x(Shape.of(steps, 2), -1, 1);
    Tensor gates = s.x(Shape.of(steps), -1, 1);
    Recurrence.Result result =
        Recurrence.over(xs, gates)
            .run(
                List.of(s.x(Shape.of(2), -1, 1), s.x(Shape.of(2), -1, 1)),
                (before, now) -> {
                  Tensor open = before.getFirst().plus(now.getLast()).sigmoid();
                  Tensor cell = before.getLast().times(open).plus(now.getFirst().tanh());
                  Tensor hidden = cell.tanh().times(open);
                  return new Step(List.of(hidden, cell), List.of(hidden.times(open), cell.sum()));
                });
    return Tensor.concat(
        0,
        result.last().getFirst(),
        result.last().getLast(),
        result.outputs().getFirst().flatten(),
        result.outputs().getLast());
  }

  private static Tensor embedding(Scene s) {
    int steps = steps(s);
    Tensor words = s.index(Shape.of(steps), 3);
    Tensor table = s.x(Shape.of(3, 2));
    Recurrence.Result result =
        Recurrence.over(words)
            .run(
                List.of(s.x(Shape.of(2)), Tensor.scalar(I32, 1)),
                (before, now) -> {
                  Tensor count = before.getLast();
                  Tensor word = table.gather(0, now.getFirst()).over(count.cast(F64));
                  Tensor next = before.getFirst().times(word).sin();
                  return new Step(List.of(next, count.plus(1)), List.of(next, count.cast(F64)));
                });
    return result.last().getFirst().plus(result.outputs().getFirst().sum(0));
  }

  private static Tensor shared(Scene s) {
    Tensor w = s.x(Shape.of(2));
    Tensor xs = s.x(Shape.of(steps(s), 2));
    Tensor last =
        Recurrence.over(xs)
            .run(
                List.of(w),
                (h, x) ->
                    only(h.getFirst().times(w.sin()).plus(x.getFirst().times(xs.sum(0)).times(w))))
            .last()
            .getFirst();
    return last.times(w);
  }

  private static Tensor nested(Scene s) {
    Tensor rows = s.x(Shape.of(s.choices.between(0, 3), s.choices.between(0, 3)), -1, 1);
    Tensor w = s.x(Shape.SCALAR, -1, 1);
    Tensor h0 = s.x(Shape.SCALAR, -1, 1);
    return Recurrence.over(rows)
        .states(
            h0,
            (h, row) ->
                Recurrence.over(row)
                    .backward()
                    .run(List.of(h), (g, x) -> only(g.getFirst().times(w).plus(x.getFirst()).sin()))
                    .last()
                    .getFirst()
                    .plus(h.times(w)));
  }

  private static Tensor nestedOverState(Scene s) {
    Tensor h0 = s.x(Shape.of(3), -1, 1);
    Tensor w = s.x(Shape.SCALAR, -1, 1);
    return Recurrence.times(s.choices.between(0, 3))
        .run(
            List.of(h0),
            (h, _) ->
                only(
                    Recurrence.over(h.getFirst())
                        .states(w, (sum, x) -> sum.times(x).plus(x).sin())))
        .last()
        .getFirst();
  }

  private static Tensor outputsOnly(Scene s) {
    Tensor xs = s.x(Shape.of(steps(s), 2));
    Tensor w = s.x(Shape.of(2));
    return Recurrence.over(xs)
        .run(List.of(), (_, x) -> new Step(List.of(), List.of(x.getFirst().times(w).exp())))
        .outputs()
        .getFirst();
  }

  private static Tensor handedThrough(Scene s) {
    Tensor xs = s.x(Shape.of(steps(s)));
    Tensor h0 = s.x(Shape.SCALAR);
    Tensor w = s.x(Shape.SCALAR);
    Recurrence.Result result =
        Recurrence.over(xs)
            .run(
                List.of(h0, w),
                (h, x) ->
                    new Step(
                        List.of(h.getFirst(), h.getFirst()),
                        List.of(h.getLast(), x.getFirst(), w, w.sin(), Tensor.scalar(F64, 2))));
    return result.outputs().stream()
        .reduce(Tensor::times)
        .orElseThrow()
        .sum()
        .plus(result.last().getLast().square());
  }

  private static Tensor readTwice(Scene s) {
    Tensor xs = s.x(Shape.of(steps(s)));
    Recurrence.Result result =
        Recurrence.over(xs)
            .run(
                List.of(s.x(Shape.SCALAR)),
                (h, x) -> {
                  Tensor next = h.getFirst().times(x.getFirst()).sin();
                  return new Step(List.of(next), List.of(next, next, x.getFirst()));
                });
    Tensor first = result.outputs().get(0);
    Tensor last = result.last().getFirst();
    return first.square().times(result.outputs().get(1)).plus(last.times(last)).sum();
  }

  private static Tensor lastOnly(Scene s) {
    Tensor xs = s.x(Shape.of(steps(s)));
    return Recurrence.over(xs)
        .run(
            List.of(s.x(Shape.SCALAR), s.x(Shape.SCALAR)),
            (h, x) ->
                new Step(
                    List.of(h.getLast().sin(), h.getFirst().times(x.getFirst())),
                    List.of(x.getFirst())))
        .last()
        .getLast();
  }

  private static Tensor dropped(Scene s) {
    s.train();
    Tensor xs = s.x(Shape.of(steps(s), 4));
    return Recurrence.over(xs)
        .states(s.x(Shape.of(4)), (h, x) -> h.plus(x.square()).sin().dropout(0.3, 8));
  }

  private static Tensor chained(Scene s) {
    Tensor xs = s.x(Shape.of(steps(s)));
    Tensor states = Recurrence.over(xs).states(s.x(Shape.SCALAR), (h, x) -> h.plus(x).sin());
    return Recurrence.over(states).backward().states(s.x(Shape.SCALAR), (h, x) -> h.times(x).cos());
  }
}
