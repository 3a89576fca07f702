/** Files that are whole or not there at all, and arrays in them. */
@NullMarked
package dev.cajal.files;

import org.jspecify.annotations.NullMarked;
