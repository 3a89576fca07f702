package dev.cajal.compile;

import static java.util.Objects.requireNonNull;

import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Body;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One loop, from which has been taken what need not be in it. */
final class LighterLoop {
  private final Body body;
  private final Map<Tensor, Tensor> outside;
  private final Lift lift;

  /** Nodes of the body that are computed before the loop, each with its values in all steps. */
  private final Map<Tensor, Tensor> before = new LinkedHashMap<>();

  /** Nodes of the body in their new form. */
  private final Map<Tensor, Tensor> inner = new HashMap<>();

  /** Carries that are sums of what each step adds, by their number. */
  private final Map<Integer, Tensor> terms = new HashMap<>();

  private final List<Integer> carries;
  private @Nullable Tensor scan;

  /**
   * Lightens a loop.
   *
   * @param in what the body's placeholders are outside
   * @param each the nodes that are read from all steps
   * @param last the carries that are read after the last step
   */
  LighterLoop(Body body, List<Tensor> in, Set<Tensor> each, Set<Integer> last) {
    this.body = body;
    this.outside = Loops.outside(body, in);
    this.lift = new Lift(body.steps());
    body.sequences().forEach(leaf -> lift.put(leaf, outside(leaf), true));
    body.captured().forEach(leaf -> lift.put(leaf, outside(leaf), false));
    var results = new LinkedHashSet<>(body.next());
    results.addAll(each);
    Graph step = Graph.of(results);
    Set<Tensor> changing = step.dependents(body.carries());
    takeBefore(step, results, changing);
    findSums(step, each);
    carries =
        IntStream.range(0, body.carries().size())
            .filter(carry -> !terms.containsKey(carry))
            .boxed()
            .toList();
    renew(step, each);
  }

  private Tensor outside(Tensor placeholder) {
    return requireNonNull(outside.get(placeholder));
  }

  // Before the loop.

  /** Finds the last nodes on the way from sequences to carries that products were needed for. */
  private void takeBefore(Graph step, Set<Tensor> results, Set<Tensor> changing) {
    Set<Tensor> worthwhile = new HashSet<>();
    for (Tensor node : step.nodes()) {
      boolean isProduct = node.op() instanceof Op.MatMul || node.op() instanceof Op.Gather;
      if (!changing.contains(node)
          && (isProduct || node.inputs().stream().anyMatch(worthwhile::contains))
          && lift.of(node).isPresent()) {
        worthwhile.add(node);
      }
    }
    for (Tensor node : step.nodes()) {
      for (Tensor input : node.inputs()) {
        if (worthwhile.contains(input) && !worthwhile.contains(node)) {
          before.put(input, lift.of(input).orElseThrow());
        }
      }
    }
    results.stream()
        .filter(worthwhile::contains)
        .forEach(result -> before.put(result, lift.of(result).orElseThrow()));
  }

  // After the loop.

  /** Finds the carries to which each step adds something that does not depend on them. */
  private void findSums(Graph step, Set<Tensor> each) {
    Map<Tensor, Integer> readers = new HashMap<>();
    Stream.concat(body.next().stream(), each.stream())
        .forEach(result -> readers.merge(result, 1, Integer::sum));
    step.nodes()
        .forEach(node -> node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
    Map<Integer, Tensor> others = new LinkedHashMap<>();
    for (int carry = 0; carry < body.carries().size(); carry++) {
      Tensor leaf = body.carries().get(carry);
      Tensor next = body.next().get(carry);
      boolean isSum = next.op() instanceof Op.Map2(var f) && f == Binary.PLUS;
      boolean isReadHereAlone =
          readers.getOrDefault(leaf, 0) == 1 && readers.getOrDefault(next, 0) == 1;
      if (isSum && isReadHereAlone && next.inputs().contains(leaf)) {
        Tensor a = next.inputs().getFirst();
        Tensor term = a.equals(leaf) ? next.inputs().getLast() : a;
        (isSummable(term) ? terms : others).put(carry, term);
      }
    }
    // What is stored in each step for a product can be added up afterwards as well.
    Set<Tensor> stored =
        terms.values().stream().flatMap(LighterLoop::parts).collect(Collectors.toSet());
    others.forEach((carry, term) -> {
      if (stored.contains(term)) {
        terms.put(carry, term);
      }
    });
  }

  /** Whether the sum of a node over all steps is easier than adding it up step by step. */
  private static boolean isSummable(Tensor term) {
    return switch (term.op()) {
      case Op.MatMul _ -> term.rank() == 2;
      case Op.Sum _ -> true;
      case Op.ScatterAdd(var axis, _) -> axis == 0;
      case Op.Transpose _, Op.Reshape _ -> isSummable(term.inputs().getFirst());
      case Op.Map2(var f) ->
          f == Binary.PLUS && term.inputs().stream().allMatch(LighterLoop::isSummable);
      default -> false;
    };
  }

  /** The nodes whose values in each step the sum of a term needs. */
  private static Stream<Tensor> parts(Tensor term) {
    return switch (term.op()) {
      case Op.MatMul _ ->
          Stream.of(untransposed(term.inputs().getFirst()), term.inputs().getLast());
      case Op.Sum _ -> Stream.of(term.inputs().getFirst());
      case Op.ScatterAdd _ when isSummable(term) -> term.inputs().stream();
      case Op.Transpose _, Op.Reshape _, Op.Map2 _ when isSummable(term) ->
          term.inputs().stream().flatMap(LighterLoop::parts);
      default -> Stream.of(term);
    };
  }

  private static Tensor untransposed(Tensor x) {
    return x.op() instanceof Op.Transpose ? x.inputs().getFirst() : x;
  }

  /** The sum of a term over all steps. */
  private Tensor summed(Tensor term) {
    // A placeholder has none, and is not asked for them.
    Tensor first = term.inputs().isEmpty() ? term : term.inputs().getFirst();
    Tensor second = term.inputs().isEmpty() ? term : term.inputs().getLast();
    return switch (term.op()) {
      case Op.MatMul _ when isSummable(term) -> product(first, second);
      case Op.Sum(var axes) -> {
        var all = new ArrayList<>(List.of(0));
        axes.forEach(axis -> all.add(axis + 1));
        yield Tensor.of(new Op.Sum(all), each(first));
      }
      case Op.ScatterAdd(_, var size) when isSummable(term) -> {
        Tensor index = each(second);
        Size count = index.shape().elements();
        Shape flat = first.shape().part(second.rank(), first.rank()).insert(0, count);
        yield Tensor.of(
            new Op.ScatterAdd(0, size), each(first).reshape(flat), index.reshape(Shape.of(count)));
      }
      case Op.Transpose _, Op.Reshape _ when isSummable(term) ->
          Tensor.of(term.op(), summed(first));
      case Op.Map2 _ when isSummable(term) -> Tensor.of(term.op(), summed(first), summed(second));
      default -> Tensor.of(new Op.Sum(List.of(0)), each(term));
    };
  }

  /** {@code Σ aₜ · bₜ}: the inner axes of all steps behind each other. */
  private Tensor product(Tensor a, Tensor b) {
    Size m = a.size(0);
    Size inner = body.steps().times(a.size(1));
    Tensor left =
        a.op() instanceof Op.Transpose
            ? each(a.inputs().getFirst()).reshape(Shape.of(inner, m)).transpose()
            : each(a).moveAxis(0, 1).reshape(Shape.of(m, inner));
    return left.matmul(each(b).reshape(Shape.of(inner, b.size(1))));
  }

  // The loop that is left.

  private void renew(Graph step, Set<Tensor> each) {
    var sequences = new ArrayList<>(body.sequences());
    var replaced = new HashMap<Tensor, Tensor>();
    before.forEach((node, values) -> {
      Tensor leaf =
          Tensor.of(new Op.Input(node.name().orElse("before") + "′", node.shape(), node.dtype()));
      replaced.put(node, leaf);
      outside.put(leaf, values);
      sequences.add(leaf);
    });
    List<Tensor> old = step.nodes();
    List<Tensor> made = Graph.replace(old, replaced);
    for (int i = 0; i < old.size(); i++) {
      inner.put(old.get(i), made.get(i));
    }
    List<Tensor> next = carries.stream().map(carry -> inner(body.next().get(carry))).toList();
    Collection<Tensor> wanted = new LinkedHashSet<>(next);
    terms.values().stream().flatMap(LighterLoop::parts).map(this::inner).forEach(wanted::add);
    each.stream()
        .filter(result -> !before.containsKey(result))
        .map(this::inner)
        .forEach(wanted::add);
    Set<Tensor> used = new HashSet<>(Graph.of(wanted).inputs());
    List<Tensor> own = carries.stream().map(body.carries()::get).toList();
    List<Tensor> usedSequences = sequences.stream().filter(used::contains).toList();
    List<Tensor> usedCaptured = body.captured().stream().filter(used::contains).toList();
    if (own.isEmpty() && usedSequences.isEmpty()) {
      // A loop needs something to go through.
      usedSequences = sequences.stream().limit(1).toList();
    }
    var lighter = new Body(body.steps(), body.direction(), own, usedSequences, usedCaptured, next);
    scan =
        Tensor.of(
            new Op.Scan(lighter), lighter.placeholders().stream().map(this::outside).toList());
  }

  private Tensor inner(Tensor node) {
    return requireNonNull(inner.get(node));
  }

  /** What replaces reading a carry after the last step. */
  Tensor last(int carry) {
    Tensor term = terms.get(carry);
    return term == null
        ? Tensor.of(new Op.Last(carries.indexOf(carry)), requireNonNull(scan))
        : outside(body.carries().get(carry)).plus(summed(term));
  }

  /** What replaces reading a node in all steps. */
  Tensor each(Tensor node) {
    Tensor early = before.get(node);
    if (early != null) {
      return early;
    }
    Optional<Tensor> given =
        body.sequences().contains(node) ? Optional.of(outside(node)) : Optional.empty();
    return given.orElseGet(() -> Tensor.of(new Op.Each(inner(node)), requireNonNull(scan)));
  }
}
