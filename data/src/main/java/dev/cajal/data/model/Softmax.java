package dev.cajal.data.model;

import dev.cajal.tensor.Array;

/** Scores as probabilities. */
public final class Softmax {
  private Softmax() {}

  /** Of a row of scores, how likely each class is. */
  public static double[] of(Array scores, int row, int classes) {
    var all = new double[classes];
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < classes; i++) {
      most = Math.max(most, scores.at(row * classes + i));
    }
    double sum = 0;
    for (int i = 0; i < classes; i++) {
      all[i] = Math.exp(scores.at(row * classes + i) - most);
      sum += all[i];
    }
    for (int i = 0; i < classes; i++) {
      all[i] /= sum;
    }
    return all;
  }
}
