package dev.cajal.compile;

import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Transposes that a matrix product does on its way: {@code (a · b)ᵀ = bᵀ · aᵀ}. */
final class Transposes {
  private Transposes() {}

  /** A product, transposed by transposing what it multiplies; empty if x is not a product. */
  static Optional<Tensor> intoProduct(Tensor x, List<Integer> order) {
    int rank = order.size();
    if (!(x.op() instanceof Op.MatMul)
        || order.get(rank - 1) != rank - 2
        || order.get(rank - 2) != rank - 1) {
      return Optional.empty();
    }
    var batch = new ArrayList<>(order.subList(0, rank - 2));
    Tensor a = x.inputs().getFirst();
    Tensor b = x.inputs().getLast();
    return Optional.of(Tensor.of(new Op.MatMul(), swapped(b, batch), swapped(a, batch)));
  }

  /** The batch axes in an order, and each matrix transposed. */
  private static Tensor swapped(Tensor x, List<Integer> batch) {
    int rank = batch.size() + 2;
    int[] order =
        IntStream.concat(
                batch.stream().mapToInt(Integer::intValue), IntStream.of(rank - 1, rank - 2))
            .toArray();
    return x.op() instanceof Op.Transpose(var first)
        ? x.inputs().getFirst().transpose(IntStream.of(order).map(first::get).toArray())
        : x.transpose(order);
  }
}
