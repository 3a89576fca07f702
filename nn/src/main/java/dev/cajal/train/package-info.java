/** Training: how well a model does, and what is made of it. */
@NullMarked
package dev.cajal.train;

import org.jspecify.annotations.NullMarked;
