/** The tensor language: immutable expressions over a small closed set of operations. */
@NullMarked
package dev.cajal.tensor;

import org.jspecify.annotations.NullMarked;
