package dev.cajal.cli;

import dev.cajal.autodiff.Gradient;
import dev.cajal.autodiff.GradientCheck;
import dev.cajal.compile.Simplify;
import dev.cajal.engine.reference.Evaluation;
import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code cajal example}: a network of three inputs, two hidden sigmoid neurons and one output,
 * small enough to be worked by hand; forward, backward, one update, and the check of every
 * gradient.
 */
@Command(
    name = "example",
    description = "Work a small network through by numbers: forward, backward, update.")
final class ExampleCommand implements Runnable {
  private static final double RATE = 0.5;

  @Spec private CommandSpec spec;

  private final Parameter w1 =
      Parameter.of("W1", Array.of(new double[][] {{0.1, 0.2, 0.3}, {-0.1, 0, -0.2}}));
  private final Parameter b1 = Parameter.of("b1", Array.of(new double[2]));
  private final Parameter w2 = Parameter.of("W2", Array.of(new double[][] {{0.2, -0.2}}));
  private final Parameter b2 = Parameter.of("b2", Array.of(new double[1]));
  private final List<Parameter> parameters = List.of(w1, b1, w2, b2);

  private final Tensor x = Tensor.input("x", DType.F64, 3);
  private final Tensor label = Tensor.input("y", DType.F64, 1);
  private final Tensor z1 = w1.value().matmul(x).plus(b1.value()).named("z1");
  private final Tensor h1 = z1.sigmoid().named("h1");
  private final Tensor z2 = w2.value().matmul(h1).plus(b2.value()).named("z2");
  private final Tensor guess = z2.sigmoid().named("ŷ");

  // Binary cross-entropy of the logit z2: -y·log ŷ - (1 - y)·log(1 - ŷ), without overflow.
  private final Tensor loss = z2.softplus().minus(label.times(z2)).sum().named("L");

  private final Bindings sample = Bindings.of(x, 3, 0.2, -0.1).with(label, 0);

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    forward(out);
    backward(out);
    check(out);
    update(out);
    out.flush();
  }

  private void forward(PrintWriter out) {
    out.println("3 inputs, 2 hidden neurons, 1 output, as an expression:\n");
    out.println(Graph.of(guess, loss).listing().indent(2));
    out.println("Forward, for x = (3, 0.2, -0.1) and the label y = 0:\n");
    Evaluation values = Reference.run(List.of(guess, loss), sample);
    for (Tensor node : List.of(z1, h1, z2, guess, loss)) {
      line(out, node.name().orElseThrow(), values.value(node));
    }
  }

  private void backward(PrintWriter out) {
    out.println("\nBackward: the gradient is an expression too. For W2 it is\n");
    out.println(Simplify.of(Gradient.of(loss, w2.value())).toString().indent(2));
    List<Tensor> nodes =
        Stream.concat(Stream.of(z2, h1, z1), parameters.stream().map(Parameter::value)).toList();
    List<Tensor> gradients = Gradient.of(loss, nodes);
    Evaluation values = Reference.run(gradients, sample);
    for (int i = 0; i < nodes.size(); i++) {
      line(out, "∂L/∂" + nodes.get(i).name().orElseThrow(), values.value(gradients.get(i)));
    }
  }

  private void check(PrintWriter out) {
    out.println("\nChecked against central differences in double precision:\n");
    GradientCheck.Report report = GradientCheck.of(loss, sample).run();
    out.printf(
        Locale.ROOT,
        "  %s %d elements, largest relative error %.0e%n",
        report.passed() ? "✓" : "✗",
        report.elements(),
        report.worst().orElseThrow().error());
  }

  private void update(PrintWriter out) {
    out.printf(Locale.ROOT, "%nOne step of gradient descent at rate %s:%n%n", RATE);
    double before = Reference.evaluate(loss, sample).item();
    List<Tensor> weights = parameters.stream().map(Parameter::value).toList();
    List<Tensor> gradients = Gradient.of(loss, weights);
    // All of the new weights are computed from the old ones before any is written.
    List<Tensor> next =
        IntStream.range(0, weights.size())
            .mapToObj(i -> weights.get(i).minus(gradients.get(i).times(RATE)))
            .toList();
    Evaluation values = Reference.run(next, sample);
    for (int i = 0; i < next.size(); i++) {
      parameters.get(i).set(values.value(next.get(i)));
    }
    out.printf(Locale.ROOT, "  L  %.6f → %.6f%n", before, Reference.evaluate(loss, sample).item());
  }

  private static void line(PrintWriter out, String name, Array value) {
    int rows = value.shape().rank() == 2 ? (int) value.shape().size(0).number() : 1;
    int columns = value.length() / rows;
    for (int row = 0; row < rows; row++) {
      int from = row * columns;
      String numbers =
          IntStream.range(from, from + columns)
              .mapToObj(i -> String.format(Locale.ROOT, "%10.6f", value.at(i)))
              .collect(Collectors.joining(" "));
      out.printf("  %-7s%s%n", row == 0 ? name : "", numbers);
    }
  }
}
