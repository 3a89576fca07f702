package dev.cajal.compile;

import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first pass: the same expression with less in it. Nodes that compute the same become one,
 * constants are folded, and the identities of {@link Identities} are applied until none fits. What
 * nothing asks for is not carried along.
 *
 * <p>Values stay the same but for rounding; in particular nothing is dropped that would have become
 * NaN.
 */
public final class Simplify {

  /** What makes two nodes the same: the operation and its inputs. */
  private record Key(Op op, List<Tensor> inputs) {}

  private final Map<Key, Tensor> known = new HashMap<>();

  private Simplify() {}

  public static Tensor of(Tensor output) {
    return of(List.of(output)).getFirst();
  }

  /** The outputs, simplified together, so that what they share stays shared. */
  public static List<Tensor> of(List<Tensor> outputs) {
    var simplify = new Simplify();
    Map<Tensor, Tensor> simpler = new HashMap<>();
    for (Tensor node : Graph.of(outputs).nodes()) {
      Tensor rebuilt = node.withInputs(node.inputs().stream().map(simpler::get).toList());
      Tensor better = simplify.best(rebuilt);
      boolean nameless = better.name().isEmpty();
      simpler.put(node, nameless ? node.name().map(better::named).orElse(better) : better);
    }
    return outputs.stream().map(simpler::get).toList();
  }

  private Tensor best(Tensor node) {
    Tensor best = node;
    for (Optional<Tensor> next = Identities.apply(best); next.isPresent(); ) {
      best = next.get();
      next = Identities.apply(best);
    }
    return shared(best);
  }

  /** The node that computes the same already, if there is one. */
  private Tensor shared(Tensor node) {
    return switch (node.op()) {
      // An input is what it is, not what it looks like; and a loop is known by what is inside.
      case Op.Input _, Op.Scan _ -> node;
      default -> {
        Tensor first = known.putIfAbsent(new Key(node.op(), node.inputs()), node);
        yield first == null ? node : first;
      }
    };
  }
}
