package dev.cajal.tensor;

import static dev.cajal.tensor.Complaint.require;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Sums of products, written with a letter for each axis, as NumPy's {@code einsum}: {@code
 * "ij,jk->ik"} is the matrix product. A letter that the output lacks is summed over, one that
 * occurs twice in an operand takes its diagonal, {@code ...} stands for further axes that
 * broadcast. Without an arrow the output has the letters that occur once, in alphabetical order.
 *
 * <p>Operands are joined in pairs, the pair with the smallest result first, each by one matrix
 * product or, where nothing is summed, by a product of elements.
 */
final class Einsum {
  private static final String MORE = "...";

  /** A tensor whose axes have names. */
  private record Term(Tensor tensor, List<String> labels) {

    Size size(String label) {
      return tensor.size(labels.indexOf(label));
    }

    /** With the axes in another order. */
    Term ordered(List<String> order) {
      return new Term(tensor.transpose(order.stream().mapToInt(labels::indexOf).toArray()), order);
    }

    /** Summed over all labels but these. */
    Term onlyWith(Set<String> kept) {
      int[] summed =
          labels.stream()
              .filter(label -> !kept.contains(label))
              .mapToInt(labels::indexOf)
              .toArray();
      return summed.length == 0
          ? this
          : new Term(tensor.sum(summed), labels.stream().filter(kept::contains).toList());
    }
  }

  private final String spec;

  private Einsum(String spec) {
    this.spec = spec;
  }

  static Tensor of(String spec, List<Tensor> operands) {
    return new Einsum(spec).evaluate(operands);
  }

  private String what() {
    return "einsum \"" + spec + "\"";
  }

  private Tensor evaluate(List<Tensor> operands) {
    String compact = spec.replace(" ", "");
    String[] sides = compact.split("->", -1);
    require(sides.length <= 2, what(), () -> "it has more than one arrow");
    List<String> inputs = List.of(sides[0].split(",", -1));
    require(
        inputs.size() == operands.size(),
        what(),
        () -> "it names %d operands, %d are given".formatted(inputs.size(), operands.size()));
    int more = 0;
    for (int i = 0; i < inputs.size(); i++) {
      more = Math.max(more, further(inputs.get(i), operands.get(i)));
    }
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      terms.add(term(inputs.get(i), operands.get(i)));
    }
    List<String> output = sides.length == 2 ? labels(sides[1], more) : implicit(sides[0], more);
    int dots = more;
    require(
        dots == 0 || sides.length == 1 || sides[1].contains(MORE),
        what(),
        () -> "the output drops the %d axes of the dots".formatted(dots));
    terms = broadcast(terms);
    requireOutput(output, terms);
    while (terms.size() > 1) {
      join(terms, output);
    }
    return terms.getFirst().onlyWith(new LinkedHashSet<>(output)).ordered(output).tensor();
  }

  /** How many axes the dots of an operand stand for. */
  private int further(String letters, Tensor operand) {
    boolean dots = letters.contains(MORE);
    int named = letters.length() - (dots ? MORE.length() : 0);
    require(
        dots ? operand.rank() >= named : operand.rank() == named,
        what(),
        () ->
            "\"%s\" names %d axes, %s has %d"
                .formatted(letters, named, operand.brief(), operand.rank()));
    return operand.rank() - named;
  }

  /**
   * The letters as labels; the dots are the labels 0, 1, … counted from the last axis they stand
   * for.
   */
  private List<String> labels(String letters, int more) {
    var labels = new ArrayList<String>();
    int dots = letters.indexOf(MORE);
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      if (i == dots) {
        for (int axis = more - 1; axis >= 0; axis--) {
          labels.add(Integer.toString(axis));
        }
        i += MORE.length() - 1;
      } else {
        require(
            (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'),
            what(),
            () -> "'%s' is not a letter".formatted(letter));
        labels.add(Character.toString(letter));
      }
    }
    return labels;
  }

  private List<String> implicit(String inputs, int more) {
    var counts = new TreeMap<Character, Integer>();
    inputs
        .chars()
        .filter(Character::isLetter)
        .forEach(c -> counts.merge((char) c, 1, Integer::sum));
    var once = new StringBuilder(inputs.contains(MORE) ? MORE : "");
    counts.forEach((letter, count) -> once.append(count == 1 ? letter.toString() : ""));
    return labels(once.toString(), more);
  }

  /** An operand with a label for each axis, after its diagonals are taken. */
  private Term term(String letters, Tensor operand) {
    require(
        operand.dtype().isFloat(),
        what(),
        () -> "%s is %s: cast it to f32 first".formatted(operand.brief(), operand.dtype()));
    List<String> labels = labels(letters, further(letters, operand));
    Tensor x = operand;
    for (int axis = labels.size() - 1; axis > 0; axis--) {
      int first = labels.indexOf(labels.get(axis));
      if (first < axis) {
        String label = labels.get(axis);
        require(
            x.size(first).equals(x.size(axis)),
            what(),
            () ->
                "'%s' is both %s and %s in %s"
                    .formatted(
                        label,
                        operand.size(first),
                        operand.size(labels.lastIndexOf(label)),
                        operand.brief()));
        x = diagonal(x, first, axis);
        labels.remove(axis);
      }
    }
    return new Term(x, List.copyOf(labels));
  }

  /** The elements whose index on two axes is the same; the second axis vanishes. */
  private static Tensor diagonal(Tensor x, int first, int second) {
    Tensor same = Tensor.iota(x.shape(), first).equalTo(Tensor.iota(x.shape(), second));
    return x.where(same, 0).sum(second);
  }

  /**
   * Checks that a label has one size; an axis of size 1 that meets a longer one is dropped, which
   * broadcasts it.
   */
  private List<Term> broadcast(List<Term> terms) {
    Map<String, Term> longest = new LinkedHashMap<>();
    for (Term term : terms) {
      for (String label : term.labels()) {
        Term known = longest.getOrDefault(label, term);
        Size size = term.size(label);
        require(
            size.equals(known.size(label)) || size.is(1) || known.size(label).is(1),
            what(),
            () ->
                "'%s' is %s in %s and %s in %s"
                    .formatted(
                        label,
                        known.size(label),
                        known.tensor().brief(),
                        size,
                        term.tensor().brief()));
        longest.put(label, known.size(label).is(1) ? term : known);
      }
    }
    var fitted = new ArrayList<Term>();
    for (Term term : terms) {
      Tensor x = term.tensor();
      var kept = new ArrayList<>(term.labels());
      for (int axis = kept.size() - 1; axis >= 0; axis--) {
        Term other = longest.getOrDefault(kept.get(axis), term);
        if (x.size(axis).is(1) && !other.size(kept.get(axis)).is(1)) {
          x = x.removeAxis(axis);
          kept.remove(axis);
        }
      }
      fitted.add(new Term(x, List.copyOf(kept)));
    }
    return fitted;
  }

  private void requireOutput(List<String> output, List<Term> terms) {
    for (String label : output) {
      require(
          terms.stream().anyMatch(term -> term.labels().contains(label)),
          what(),
          () -> "no operand has the '%s' of the output".formatted(label));
    }
    require(
        output.stream().distinct().count() == output.size(),
        what(),
        () -> "the output names an axis twice");
  }

  /** Replaces the cheapest pair of terms by its product. */
  private static void join(List<Term> terms, List<String> output) {
    record Pair(int left, int right, Term product) {}
    var pairs = new ArrayList<Pair>();
    for (int left = 0; left < terms.size(); left++) {
      for (int right = left + 1; right < terms.size(); right++) {
        var needed = new LinkedHashSet<>(output);
        for (int other = 0; other < terms.size(); other++) {
          if (other != left && other != right) {
            needed.addAll(terms.get(other).labels());
          }
        }
        pairs.add(new Pair(left, right, product(terms.get(left), terms.get(right), needed)));
      }
    }
    Pair best =
        pairs.stream()
            .min(Comparator.comparingDouble(pair -> estimate(pair.product().tensor().shape())))
            .orElseThrow();
    terms.remove(best.right());
    terms.set(best.left(), best.product());
  }

  /** About how many elements a shape has, when symbols are taken as a hundred. */
  private static double estimate(Shape shape) {
    Size elements = shape.elements();
    return elements.factor() * Math.pow(100, elements.symbols().size());
  }

  /** The product of two terms, summed over the labels that nobody needs any more. */
  private static Term product(Term x, Term y, Set<String> needed) {
    Term left = x.onlyWith(union(needed, y.labels()));
    Term right = y.onlyWith(union(needed, x.labels()));
    List<String> shared = left.labels().stream().filter(right.labels()::contains).toList();
    List<String> batch = shared.stream().filter(needed::contains).toList();
    List<String> summed = shared.stream().filter(label -> !needed.contains(label)).toList();
    List<String> rows = left.labels().stream().filter(label -> !shared.contains(label)).toList();
    List<String> columns =
        right.labels().stream().filter(label -> !shared.contains(label)).toList();
    List<String> result = concat(batch, rows, columns);
    Term a = left.ordered(concat(batch, rows, summed));
    Term b = right.ordered(concat(batch, summed, columns));
    Shape outer = sizes(left, batch);
    Shape m = sizes(left, rows);
    Shape n = sizes(right, columns);
    Size k = sizes(left, summed).elements();
    Shape shape = outer.then(m).then(n);
    if (summed.isEmpty()) {
      Tensor wide = a.tensor().reshape(outer.then(m).then(n.collapsed(n.axes())));
      Tensor high = b.tensor().reshape(outer.then(m.collapsed(m.axes())).then(n));
      return new Term(wide.times(high), result);
    }
    Tensor matrices = a.tensor().reshape(Shape.of(outer.elements(), m.elements(), k));
    Tensor others = b.tensor().reshape(Shape.of(outer.elements(), k, n.elements()));
    return new Term(matrices.matmul(others).reshape(shape), result);
  }

  private static Shape sizes(Term term, List<String> labels) {
    return new Shape(labels.stream().map(term::size).toList());
  }

  private static Set<String> union(Set<String> some, List<String> more) {
    var all = new LinkedHashSet<>(some);
    all.addAll(more);
    return all;
  }

  private static List<String> concat(List<String> first, List<String> second, List<String> third) {
    return Stream.of(first, second, third).flatMap(List::stream).toList();
  }
}
