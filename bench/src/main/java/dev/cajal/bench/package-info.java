/** The command {@code ./cajal bench}, and what each of its processes runs. */
@NullMarked
package dev.cajal.bench;

import org.jspecify.annotations.NullMarked;
