package dev.cajal.diagnosis;

import java.util.Locale;

/** What can be wrong with a network, or with how and on what it learns. */
public enum Illness {
  RATE_TOO_HIGH(
      "the steps are so long that they jump over what they look for",
      "make the learning rate ten times smaller"),
  RATE_TOO_LOW(
      "the steps are so short that learning had hardly begun when it ended",
      "make the learning rate ten times larger"),
  EXPLODING_GRADIENTS(
      "a small change of a layer's weights changes everything",
      "begin with the first weights that suit the activation (Init.he, Init.glorot)"),
  VANISHING_GRADIENTS(
      "hardly anything of the error comes back to a layer, which therefore does not learn",
      "take relu and he weights instead of sigmoids, or put BatchNorm between the layers"),
  DEAD_RELUS(
      "most units of a layer answer 0 to every sample, and can't learn to do otherwise",
      "begin with biases of 0, or take LEAKY_RELU"),
  SATURATED_SIGMOIDS(
      "the sigmoids of a layer are at 0 or 1 nearly always, where they have no slope to learn by",
      "scale the inputs to mean 0 and variance 1"),
  SATURATED_TANHS(
      "the tanhs of a layer are at -1 or 1 nearly always, where they have no slope to learn by",
      "scale the inputs to mean 0 and variance 1"),
  UNDER_FITTING(
      "the network does badly even on the samples that it learned from",
      "make the network larger: more units, or one more layer"),
  OVER_FITTING(
      "the network knows the training samples by heart, and others much worse",
      "get more training samples, or take a smaller network with dropout"),
  CLASSES_NEVER_PREDICTED(
      "there are samples of a class, and the network says so never, or hardly ever",
      "weigh the classes in the loss (CrossEntropy.weighted), the rare ones more"),
  LEAKING_FEATURES(
      "one feature alone tells the target, as if it were made from it",
      "ask whether the feature is known before the target is, and leave it out if not"),
  CONSTANT_FEATURES(
      "a feature has the same value in every training sample, and so says nothing",
      "leave the feature out"),
  VALIDATION_EASIER(
      "the validation samples are easier than the training samples, or the same",
      "divide the samples into training and validation anew, at random and without duplicates");

  private final String sentence;
  private final String remedy;

  Illness(String sentence, String remedy) {
    this.sentence = sentence;
    this.remedy = remedy;
  }

  /** What it is, in a sentence. */
  public String sentence() {
    return sentence;
  }

  /** One thing to try. */
  public String remedy() {
    return remedy;
  }

  /** Its name in words: "dead relus". */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
