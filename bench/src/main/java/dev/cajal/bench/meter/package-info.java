/** How a process on the JVM measures itself, the same for Cajal and for its peers. */
@NullMarked
package dev.cajal.bench.meter;

import org.jspecify.annotations.NullMarked;
