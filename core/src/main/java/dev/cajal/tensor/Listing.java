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
 * line too long, and the others written out inside them. Its length is bounded by the number of
 * nodes, not of paths.
 */
final class Listing {
  private static final int WIDTH = 72;
  private static final int SHOWN = 40;

  private final List<String> lines = new ArrayList<>();
  private final Map<Tensor, Notation> written = new HashMap<>();
  private final Map<Tensor, Integer> uses = new HashMap<>();
  private final Set<String> names;
  private final String indent;
  private final AtomicInteger count;

  private Listing(Set<String> names, String indent, AtomicInteger count) {
    this.names = names;
    this.indent = indent;
    this.count = count;
  }

  static Listing of(Tensor... outputs) {
    var listing = new Listing(new HashSet<>(), "", new AtomicInteger());
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
    Map<Tensor, Set<Tensor>> demanded = graph.readFromLoops();
    for (Tensor node : graph.nodes()) {
      if (written.containsKey(node)) {
        continue;
      }
      if (node.op() instanceof Op.Scan(var body)) {
        scan(node, body, demanded.getOrDefault(node, Set.of()));
        continue;
      }
      Notation text = Notation.of(node, input -> written.getOrDefault(input, Notation.atom("…")));
      boolean own =
          node.name().isPresent() || uses.getOrDefault(node, 0) > 1 || text.text().length() > WIDTH;
      if (shown.contains(node)) {
        String name =
            node.name()
                .map(this::named)
                .orElseGet(() -> own && uses.containsKey(node) ? fresh("t") : "");
        line(name, text, node);
        written.put(node, name.isEmpty() ? text : Notation.atom(name));
      } else if (node.inputs().isEmpty() || Notation.isUnwritten(node) || !own) {
        written.put(
            node,
            node.inputs().isEmpty() && node.name().isPresent()
                ? Notation.atom(node.name().get())
                : text);
      } else {
        String name = node.name().map(this::named).orElseGet(() -> fresh("t"));
        line(name, text, node);
        written.put(node, Notation.atom(name));
      }
    }
  }

  private void line(String name, Notation text, Tensor node) {
    String left = name.isEmpty() || name.equals(text.text()) ? "" : name + " = ";
    String dtype = node.dtype() == DType.F32 ? "" : " " + node.dtype();
    lines.add(indent + left + text.text() + "   " + node.shape() + dtype);
  }

  private final Map<String, Integer> given = new HashMap<>();

  /** The name, with a number when another line has it already. */
  private String named(String name) {
    int count = given.merge(name, 1, Integer::sum);
    return count == 1 ? name : name + "'" + count;
  }

  private String fresh(String letter) {
    String name;
    do {
      name = letter + count.incrementAndGet();
    } while (names.contains(name));
    return name;
  }

  private void scan(Tensor node, Body body, Set<Tensor> demanded) {
    String name = fresh("loop");
    written.put(node, Notation.atom(name));
    var inner = new Listing(new HashSet<>(names), indent + "  ", count);
    var given = new ArrayList<String>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Tensor placeholder = body.placeholders().get(i);
      String outside = written.getOrDefault(node.inputs().get(i), Notation.atom("…")).text();
      boolean captured = i >= body.carries().size() + body.sequences().size();
      String inside = inner.placeholder(placeholder, captured ? outside : "");
      if (!inside.equals(outside) || !captured) {
        given.add(inside + (body.sequences().contains(placeholder) ? " in " : " = ") + outside);
      }
    }
    String order = body.direction() == Body.Direction.BACKWARD ? " backward" : "";
    String head = indent + name + " = scan" + order + " " + body.steps() + " steps: ";
    lines.add(given.stream().collect(Collectors.joining(", ", head, "")));
    var results = new LinkedHashSet<>(body.next());
    results.addAll(demanded);
    inner.write(Graph.of(results), demanded);
    lines.addAll(inner.lines);
    for (int i = 0; i < body.next().size(); i++) {
      lines.add(
          "%s  %s ← %s"
              .formatted(
                  indent, inner.text(body.carries().get(i)), inner.text(body.next().get(i))));
    }
  }

  private String text(Tensor node) {
    return written.getOrDefault(node, Notation.atom("…")).text();
  }

  /**
   * How a placeholder is written inside: by its name, unless that means something else around it.
   */
  private String placeholder(Tensor placeholder, String outside) {
    String own = placeholder.name().orElseThrow();
    String name = own.equals(outside) || names.add(own) ? own : fresh(own);
    names.add(name);
    written.put(placeholder, Notation.atom(name));
    return name;
  }
}
