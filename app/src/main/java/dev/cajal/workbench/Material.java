package dev.cajal.workbench;

import dev.cajal.data.prepare.Target;
import dev.cajal.nn.Layer;
import dev.cajal.nn.SavedModel;
import dev.cajal.report.Data;
import dev.cajal.report.Importance;
import dev.cajal.tensor.Array;
import dev.cajal.train.Samples;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Data that are ready to be learned from, and what else there is to know about them. */
public interface Material {

  /** What is learned from what: {@code species from iris.csv}. */
  String title();

  /** Things worth saying before training begins: what columns were left out, and why. */
  List<String> notes();

  Samples training();

  Samples validation();

  Samples test();

  Target target();

  /** What was asked, and the rest as it suits these data. */
  Plan plan(Wishes wishes);

  Layer network(Plan plan);

  /** The sizes of an input, without the first axis. */
  Object[] inputShape();

  /** The model with all it takes to run it on raw data. */
  SavedModel described(SavedModel network);

  /** What a report says of the data. */
  Data data();

  /** How a test sample is shown. */
  String shown(int test);

  /** How much worse answers get without each feature, where there are features. */
  Optional<Importance> importance(UnaryOperator<Array> predict);
}
