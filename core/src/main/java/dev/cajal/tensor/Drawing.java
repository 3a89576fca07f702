package dev.cajal.tensor;

import static java.util.Objects.requireNonNull;

import dev.cajal.tensor.Diagram.Arrow;
import dev.cajal.tensor.Diagram.Box;
import dev.cajal.tensor.Diagram.Frame;
import dev.cajal.tensor.Diagram.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Draws the boxes of one frame. To keep a picture small, broadcasts and what a loop captures are
 * seen through, and single numbers are written into the operations that use them.
 */
final class Drawing {
  private static final int LONGEST_NUMBER = 24;

  /** What all frames of a diagram share. */
  private static final class Sheet {
    private final Set<Tensor> outputs;
    private final List<Arrow> arrows = new ArrayList<>();
    private int boxes;
    private int frames;

    Sheet(Collection<Tensor> outputs) {
      this.outputs = new HashSet<>(outputs);
    }
  }

  /** A node in its frame. */
  private record Source(Drawing frame, Tensor node) {
    Optional<Notation> number() {
      return Optional.ofNullable(frame.numbers.get(node));
    }

    String id() {
      return frame.id(node);
    }
  }

  private final Sheet sheet;

  /** The nodes that have a box in any case. */
  private final Set<Tensor> shown;

  /** What is drawn for each node: for a captured placeholder, what it stands for. */
  private final Map<Tensor, Source> sources = new HashMap<>();

  /** Nodes that need no box. */
  private final Map<Tensor, Notation> numbers = new HashMap<>();

  private final Map<Tensor, String> ids = new HashMap<>();
  private final Map<Tensor, Drawing> loops = new HashMap<>();
  private final List<Box> boxes = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();

  private Drawing(Sheet sheet, Collection<Tensor> shown) {
    this.sheet = sheet;
    this.shown = new HashSet<>(shown);
  }

  static Diagram of(Graph graph) {
    var drawing = new Drawing(new Sheet(graph.outputs()), graph.outputs());
    drawing.draw(graph);
    return new Diagram(new Frame("", "", drawing.boxes, drawing.frames), drawing.sheet.arrows);
  }

  private void draw(Graph graph) {
    Map<Tensor, Set<Tensor>> read = graph.readFromLoops();
    for (Tensor node : graph.nodes()) {
      if (node.op() instanceof Op.Scan(var body)) {
        loop(node, body, read.getOrDefault(node, Set.of()));
      } else if (source(node).equals(new Source(this, node))) {
        number(node).ifPresentOrElse(text -> numbers.put(node, text), () -> id(node));
      }
    }
  }

  /** How a node is written that is a number before anything is computed, as {@code 1 / batch}. */
  private Optional<Notation> number(Tensor node) {
    boolean computed =
        switch (node.op()) {
          case Op.Constant _, Op.SizeOf _ -> true;
          case Op.Map1 _, Op.Map2 _, Op.Cast _ ->
              node.inputs().stream().allMatch(input -> source(input).number().isPresent());
          default -> false;
        };
    return Optional.of(node)
        .filter(number -> computed && number.rank() == 0)
        .filter(number -> number.name().isEmpty() && !shown.contains(number))
        .map(number -> Notation.of(number, input -> source(input).number().orElseThrow()))
        .filter(written -> written.text().length() <= LONGEST_NUMBER);
  }

  /** The id of a node's box, which is drawn if it isn't yet. */
  private String id(Tensor node) {
    String id = ids.get(node);
    if (id == null) {
      id = draw(node);
      ids.put(node, id);
    }
    return id;
  }

  /** The node that is drawn for another; asked for older nodes first, so that it goes no deeper. */
  private Source source(Tensor node) {
    Source known = sources.get(node);
    if (known == null) {
      boolean hidden = !shown.contains(node) && Notation.isUnwritten(node);
      known = hidden ? source(node.inputs().getFirst()) : new Source(this, node);
      sources.put(node, known);
    }
    return known;
  }

  /** Draws a node and the arrows to it, and gives its id. */
  private String draw(Tensor node) {
    String id = "n" + sheet.boxes++;
    int before = sheet.arrows.size();
    String label =
        switch (node.op()) {
          case Op.Last(var carry) -> {
            Body body = ((Op.Scan) node.inputs().getFirst().op()).body();
            arrow(read(node, body.next().get(carry)), id, "");
            yield "last step";
          }
          case Op.Each(var inner) -> {
            arrow(read(node, inner), id, "");
            yield "every step";
          }
          default -> numbers.containsKey(node) ? numbers.get(node).text() : operation(node, id);
        };
    boolean constant = sheet.arrows.size() == before;
    boxes.add(new Box(id, kind(node, constant), Caption.title(node, label), Caption.detail(node)));
    return id;
  }

  private Source read(Tensor node, Tensor inner) {
    return requireNonNull(loops.get(node.inputs().getFirst())).source(inner);
  }

  private void arrow(Source from, String to, String label) {
    sheet.arrows.add(new Arrow(from.id(), to, label, false));
  }

  /** Draws the arrows to an operation, and gives its label. */
  private String operation(Tensor node, String id) {
    Map<Tensor, Notation> written = new HashMap<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Tensor input = node.inputs().get(i);
      Source source = source(input);
      source.number().ifPresent(number -> written.put(input, number));
      if (!written.containsKey(input)) {
        arrow(source, id, Caption.role(node, i));
      }
    }
    return Caption.label(node, written);
  }

  private Kind kind(Tensor node, boolean constant) {
    return switch (node.op()) {
      case Op.Input _ -> Kind.INPUT;
      case Op.Param _ -> Kind.PARAMETER;
      case Op.Random _ -> Kind.RANDOM;
      case Op _ when sheet.outputs.contains(node) -> Kind.OUTPUT;
      default -> constant ? Kind.CONSTANT : Kind.OPERATION;
    };
  }

  private void loop(Tensor node, Body body, Set<Tensor> read) {
    Set<Tensor> results = new HashSet<>(body.next());
    results.addAll(read);
    var step = new Drawing(sheet, results);
    int carried = body.carries().size();
    int own = carried + body.sequences().size();
    List<Tensor> placeholders = body.placeholders();
    List<Tensor> nodes = new ArrayList<>(placeholders.subList(0, own));
    for (int i = own; i < placeholders.size(); i++) {
      if (!results.contains(placeholders.get(i))) {
        step.sources.put(placeholders.get(i), source(node.inputs().get(i)));
      }
    }
    nodes.addAll(results);
    step.draw(Graph.of(nodes));
    for (int i = 0; i < placeholders.size(); i++) {
      if (i < own || results.contains(placeholders.get(i))) {
        arrow(source(node.inputs().get(i)), step.id(placeholders.get(i)), "");
      }
    }
    for (int i = 0; i < carried; i++) {
      String next = step.id(body.next().get(i));
      sheet.arrows.add(new Arrow(next, step.id(body.carries().get(i)), "next", true));
    }
    loops.put(node, step);
    String title = Caption.title(node, body);
    frames.add(new Frame("loop" + sheet.frames++, title, step.boxes, step.frames));
  }
}
