package dev.cajal.search;

import dev.cajal.train.Samples;

/** Samples to learn from, and others to judge by. */
public record Fold(Samples training, Samples validation) {}
