/** Internal: the special functions that {@link Math} lacks, in double precision. */
@NullMarked
package dev.cajal.math;

import org.jspecify.annotations.NullMarked;
