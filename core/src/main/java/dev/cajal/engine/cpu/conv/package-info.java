/**
 * Convolution and its gradients, as matrix products whose left side is never written down: a table
 * says where in the image each row begins, another where each step of the sum lies from there.
 */
@NullMarked
package dev.cajal.engine.cpu.conv;

import org.jspecify.annotations.NullMarked;
