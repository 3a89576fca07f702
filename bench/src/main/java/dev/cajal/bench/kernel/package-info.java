/** Single kernels under JMH, as programs of one operation or a few. */
@NullMarked
package dev.cajal.bench.kernel;

import org.jspecify.annotations.NullMarked;
