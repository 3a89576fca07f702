package dev.cajal.tensor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * An expression as lines: one for each node that has a name, is used more than once or would make a
 * line too long, and the others written out inside them. A loop is a line with the lines of its
 * step indented below it. The length is bounded by the number of nodes, not of paths.
 */
final class Listing {
  private static final int WIDTH = 72;
  private static final int SHOWN = 40;

  private final String indent;
  private final List<String> lines = new ArrayList<>();
  private final Map<Tensor, Notation> written = new HashMap<>();
  private final Map<Tensor, Integer> uses = new HashMap<>();

  /** The listing of each loop's step. */
  private final Map<Tensor, Listing> steps = new HashMap<>();

  /** The names that nodes have, here and around. */
  private final Set<String> names;

  /** How often each name is written already, here and around. */
  private final Map<String, Integer> given;

  /** Where the numbers of names that we give come from. */
  private final AtomicInteger count;

  private Listing() {
    this.indent = "";
    this.names = new HashSet<>();
    this.given = new HashMap<>();
    this.count = new AtomicInteger();
  }

  /** The listing of a step, inside another. */
  private Listing(Listing around) {
    this.indent = around.indent + "  ";
    this.names = new HashSet<>(around.names);
    this.given = new HashMap<>(around.given);
    this.count = around.count;
  }

  static Listing of(Tensor... outputs) {
    var listing = new Listing();
    listing.write(Graph.of(outputs), List.of(outputs));
    return listing;
  }

  /** All lines. */
  String whole() {
    return String.join("\n", lines);
  }

  /** The first and the last lines when there are many. */
  String shortened() {
    if (lines.size() <= SHOWN) {
      return whole();
    }
    var some = new ArrayList<>(lines.subList(0, SHOWN / 4));
    some.add("… " + (lines.size() - SHOWN) + " more lines: Graph.of(…).listing() has all …");
    some.addAll(lines.subList(lines.size() - SHOWN * 3 / 4, lines.size()));
    return String.join("\n", some);
  }

  /**
   * Writes a graph, with a line for each of the shown nodes even where it could stand inside
   * another.
   */
  private void write(Graph graph, Collection<Tensor> shown) {
    graph.nodes().forEach(node -> node.name().ifPresent(names::add));
    for (Tensor node : graph.nodes()) {
      if (!Notation.isUnwritten(node)) {
        node.inputs().forEach(input -> uses.merge(Notation.written(input), 1, Integer::sum));
      }
    }
    Map<Tensor, Set<Tensor>> read = graph.readFromLoops();
    for (Tensor node : graph.nodes()) {
      if (node.op() instanceof Op.Scan(var body)) {
        scan(node, body, read.getOrDefault(node, Set.of()));
      } else if (!written.containsKey(node)) {
        written.put(node, write(node, shown.contains(node)));
      }
    }
  }

  /** Writes a node's line, if it has one, and gives how it is written where it is used. */
  private Notation write(Tensor node, boolean shown) {
    Notation text = notation(node);
    if (node.inputs().isEmpty() && node.name().isPresent()) {
      text = Notation.atom(named(node.name().get()));
      if (shown) {
        line("", text, node);
      }
      return text;
    }
    boolean own =
        node.name().isPresent()
            || uses.getOrDefault(node, 0) > 1
            || text.text().length() > WIDTH
            // What is read from a step needs a name by which it is read.
            || (shown && !indent.isEmpty());
    boolean inline = node.inputs().isEmpty() || Notation.isUnwritten(node) || !own;
    if (inline && !shown) {
      return text;
    }
    boolean nameless = node.name().isEmpty() && (!own || (shown && !isUsed(node)));
    String name = nameless ? "" : node.name().map(this::named).orElseGet(() -> fresh("t"));
    line(name, text, node);
    return nameless ? text : Notation.atom(name);
  }

  private boolean isUsed(Tensor node) {
    return uses.containsKey(node) || !indent.isEmpty();
  }

  private Notation notation(Tensor node) {
    return switch (node.op()) {
      case Op.Each(var inner) -> ofStep(node, inner);
      default -> Notation.of(node, this::text);
    };
  }

  /** A value of a loop's step, as {@code loop1.h}: of all steps, that is. */
  private Notation ofStep(Tensor node, Tensor inner) {
    Tensor loop = node.inputs().getFirst();
    Listing step = steps.get(loop);
    return step == null
        ? Notation.of(node, this::text)
        : Notation.atom(text(loop).text() + "." + step.text(inner).text());
  }

  private void line(String name, Notation text, Tensor node) {
    String left = name.isEmpty() ? "" : name + " = ";
    String dtype = node.dtype() == DType.F32 ? "" : " " + node.dtype();
    lines.add(indent + left + text.text() + "   " + node.shape() + dtype);
  }

  /** The name, marked when another line has it already. */
  private String named(String name) {
    int times = given.merge(name, 1, Integer::sum);
    return name + (times <= 4 ? "′".repeat(times - 1) : "′" + times);
  }

  private String fresh(String letter) {
    String name;
    do {
      name = letter + count.incrementAndGet();
    } while (names.contains(name));
    return name;
  }

  private Notation text(Tensor node) {
    return written.getOrDefault(node, Notation.atom("…"));
  }

  private void scan(Tensor node, Body body, Set<Tensor> read) {
    String name = fresh("loop");
    written.put(node, Notation.atom(name));
    var step = new Listing(this);
    steps.put(node, step);
    var givens = new ArrayList<String>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Tensor placeholder = body.placeholders().get(i);
      String outside = text(node.inputs().get(i)).text();
      String own = placeholder.name().orElseThrow();
      boolean captured = i >= body.carries().size() + body.sequences().size();
      // What is brought in under its own name needs no mention.
      String inside = captured && own.equals(outside) ? own : step.named(own);
      step.written.put(placeholder, Notation.atom(inside));
      if (!inside.equals(outside)) {
        givens.add(inside + (body.sequences().contains(placeholder) ? " in " : " = ") + outside);
      }
    }
    String order = body.direction() == Body.Direction.BACKWARD ? " backward" : "";
    String head = indent + name + " = scan" + order + " " + body.steps() + " steps: ";
    lines.add(givens.stream().collect(Collectors.joining(", ", head, "")));
    var results = new LinkedHashSet<>(body.next());
    results.addAll(read);
    step.write(Graph.of(results), read);
    lines.addAll(step.lines);
    for (int i = 0; i < body.next().size(); i++) {
      String before = step.text(body.carries().get(i)).text();
      lines.add(step.indent + before + " ← " + step.text(body.next().get(i)).text());
    }
  }
}
