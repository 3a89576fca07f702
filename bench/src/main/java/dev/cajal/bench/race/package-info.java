/** The race: whom Cajal is measured beside, on what, and the table of it. */
@NullMarked
package dev.cajal.bench.race;

import org.jspecify.annotations.NullMarked;
