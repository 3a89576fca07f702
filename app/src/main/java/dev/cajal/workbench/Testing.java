package dev.cajal.workbench;

import dev.cajal.data.model.Softmax;
import dev.cajal.data.prepare.Target;
import dev.cajal.report.Answers;
import dev.cajal.report.Classification;
import dev.cajal.report.Regression;
import dev.cajal.report.Result;
import dev.cajal.tensor.Array;
import dev.cajal.train.Batch;
import dev.cajal.train.Samples;
import dev.cajal.train.Trained;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a trained network says of samples that it has never seen. */
final class Testing {
  private Testing() {}

  static Result of(Material material, Trained trained) {
    Samples test = material.test();
    List<String> shown = IntStream.range(0, test.size()).mapToObj(material::shown).toList();
    return switch (material.target()) {
      case Target.Classes _ -> classification(material, test, trained, shown);
      case Target.Quantity target -> regression(test, target, trained, shown);
    };
  }

  private static Result classification(
      Material material, Samples test, Trained trained, List<String> shown) {
    var labels = new int[shown.size()];
    var probabilities = new double[shown.size()][];
    each(
        test,
        trained,
        (from, outputs, targets) -> {
          int classes = outputs.length() / outputs.rowCount();
          for (int i = 0; i < outputs.rowCount(); i++) {
            labels[from + i] = (int) targets.at(i);
            probabilities[from + i] = Softmax.of(outputs, i, classes);
          }
        });
    return new Classification(material.data().classes(), Answers.of(shown, labels, probabilities));
  }

  private static Result regression(
      Samples test, Target.Quantity target, Trained trained, List<String> shown) {
    var cases = new ArrayList<Regression.Case>();
    each(
        test,
        trained,
        (from, outputs, targets) -> {
          double[] said = target.decode(outputs);
          double[] right = target.decode(targets);
          for (int i = 0; i < said.length; i++) {
            cases.add(new Regression.Case(shown.get(from + i), right[i], said[i]));
          }
        });
    return new Regression(target.column(), target.mean(), cases);
  }

  private interface Part {
    void see(int from, Array outputs, Array targets);
  }

  private static void each(Samples test, Trained trained, Part part) {
    int[] from = {0};
    test.inBatches(4096)
        .forEach((Batch some) -> {
          part.see(from[0], trained.predict(some.x()), some.y());
          from[0] += some.size();
        });
  }
}
