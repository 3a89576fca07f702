/**
 * From an expression with numbers for sizes to kernels in order: what is computed together, in
 * which loops, and where its numbers lie. Knows nothing of a processor.
 */
@NullMarked
package dev.cajal.compile.schedule;

import org.jspecify.annotations.NullMarked;
