/** Layers, activations, losses and first weights: what networks are built of. */
@NullMarked
package dev.cajal.nn;

import org.jspecify.annotations.NullMarked;
