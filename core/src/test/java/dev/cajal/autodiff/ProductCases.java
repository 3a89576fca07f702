package dev.cajal.autodiff;

import static dev.cajal.tensor.DType.F64;

import dev.cajal.tensor.Products;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The cases of matrix products, attention and sums of products. */
final class ProductCases {
  private static final List<String> EINSUMS =
      List.of(
          "ij,jk->ik",
          "ij,kj->ki",
          "bij,bjk->bik",
          "ii->",
          "ii->i",
          "iji->j",
          "ij->ji",
          "ijk->j",
          "i,j->ij",
          "i,i->",
          "i,j,k->kij",
          "ij,jk,kl->il",
          "ij,ij,ij->ij",
          "bi,oij,bj->bo",
          "ab,bc,cd,da->",
          "ij,k->k",
          "ij,jkl->ik",
          "ij,ji",
          ",i->i");

  private ProductCases() {}

  static Stream<Case> all() {
    return Stream.of(matmuls(), products(), einsums()).flatMap(List::stream);
  }

  /** All combinations of ranks: vectors, matrices, stacks, and stacks that broadcast. */
  private static List<Case> matmuls() {
    var cases = new ArrayList<Case>();
    for (int left = 1; left <= 4; left++) {
      for (int right = 1; right <= 4; right++) {
        int x = left;
        int y = right;
        cases.add(
            Case.of(Products.class, "matmul(Tensor)", s -> matmul(s, x, y))
                .titled("ranks %d and %d".formatted(x, y)));
      }
    }
    return cases;
  }

  private static Tensor matmul(Scene s, int left, int right) {
    Choices c = s.choices;
    int inner = c.size();
    Shape batch = Shape.of(c.size() % 3, c.size() % 4);
    Shape ofLeft = left == 1 ? Shape.SCALAR : c.shape(1, 1);
    Shape ofRight = right == 1 ? Shape.SCALAR : c.shape(1, 1);
    Shape x = Choices.joined(batch(c, batch, left), ofLeft, Shape.of(inner));
    Shape y = Choices.joined(batch(c, batch, right), Shape.of(inner), ofRight);
    return s.x(x).matmul(s.x(y));
  }

  /** The batch axes of a tensor of a rank, some of size 1. */
  private static Shape batch(Choices choices, Shape batch, int rank) {
    Shape own = batch.part(batch.rank() - Math.max(0, rank - 2), batch.rank());
    return own.rank() > 0 && choices.oneIn(3) ? Choices.with(own, 0, 1) : own;
  }

  private static List<Case> products() {
    return List.of(
        Case.of(
            Products.class,
            "dot(Tensor)",
            s -> {
              Shape shape = s.choices.shape(1, 1);
              return s.x(shape).dot(s.x(shape));
            }),
        Case.of(
            Products.class,
            "outer(Tensor)",
            s -> s.x(s.choices.shape(1, 1)).outer(s.x(s.choices.shape(1, 1)))),
        Case.of(Products.class, "attention(Tensor,Tensor)", s -> attention(s, false)),
        Case.of(Products.class, "attention(Tensor,Tensor,Tensor)", s -> attention(s, true)),
        Case.of(
            Products.class,
            "causalMask(Object,Object)",
            s -> {
              Shape shape = s.choices.shape(2, 2);
              Tensor mask = Products.causalMask(shape.size(0), shape.size(1));
              return s.x(shape).square().times(mask.cast(F64));
            }));
  }

  private static Tensor attention(Scene s, boolean masked) {
    Choices c = s.choices;
    Shape batch = c.oneIn(2) ? Shape.SCALAR : Shape.of(c.size() % 3);
    int to = c.size();
    int from = masked ? c.size() : c.solidSize();
    int width = c.solidSize();
    Tensor queries = s.x(batch.then(Shape.of(to, width)));
    Tensor keys = s.x(batch.then(Shape.of(from, width)));
    Tensor values = s.x(batch.then(Shape.of(from, c.between(1, 2))));
    return masked
        ? queries.attention(keys, values, s.flags(Shape.of(to, from)))
        : queries.attention(keys, values);
  }

  private static List<Case> einsums() {
    return EINSUMS.stream()
        .map(spec ->
            Case.of(Tensor.class, "einsum(String,Tensor[])", s -> einsum(s, spec)).titled(spec))
        .toList();
  }

  private static Tensor einsum(Scene s, String spec) {
    Map<Character, Integer> sizes = new TreeMap<>();
    List<Tensor> operands = new ArrayList<>();
    for (String letters : spec.split("->", -1)[0].split(",", -1)) {
      int[] shape =
          letters
              .chars()
              .map(letter ->
                  sizes.computeIfAbsent((char) letter, _ -> Math.min(3, s.choices.size())))
              .toArray();
      operands.add(s.x(Shape.of(shape)));
    }
    return Tensor.einsum(spec, operands.toArray(Tensor[]::new));
  }
}
