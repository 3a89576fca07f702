/** The CPU engine: turns expressions into kernels, and runs them on all cores. */
@NullMarked
package dev.cajal.engine.cpu;

import org.jspecify.annotations.NullMarked;
