package dev.cajal.diagnosis;

import java.util.List;

/**
 * What a network was like after some steps, on the same few samples each time.
 *
 * @param update how long the next step was, relative to the weights: the median over the layers
 */
record Measurement(
    long step, double loss, List<OfLayer> layers, List<OfUnits> units, double update) {

  /**
   * The gradient of a layer.
   *
   * @param gradient its length
   * @param weight the length of the weights that have a gradient
   * @param count how many weights there are
   */
  record OfLayer(String path, double gradient, double weight, long count) {

    /** By what part of their length the weights would change in a step at a rate of 1. */
    double relative() {
      return gradient == 0 ? 0 : gradient / Math.max(weight, Double.MIN_NORMAL);
    }

    /**
     * By how much noise in the weights, as large as they are, would change the loss if it went on
     * in a straight line: a random direction is across the gradient but for one part in √n.
     */
    double steepness() {
      return gradient * weight / Math.sqrt(Math.max(1, (double) count));
    }
  }

  /**
   * The hidden units of a layer.
   *
   * @param share what part of them, or of their answers, has the illness
   */
  record OfUnits(String path, Illness illness, double share) {}

  boolean isFinite() {
    return Double.isFinite(loss)
        && layers.stream().allMatch(each -> Double.isFinite(each.gradient() + each.weight()));
  }

  Measurement updating(double relative) {
    return new Measurement(step, loss, layers, units, relative);
  }
}
