/** Bytes and numbers as files have them; internal. */
@NullMarked
package dev.cajal.data.bytes;

import org.jspecify.annotations.NullMarked;
