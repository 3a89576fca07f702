/** Images with their classes, from files to batches. */
@NullMarked
package dev.cajal.data.image;

import org.jspecify.annotations.NullMarked;
