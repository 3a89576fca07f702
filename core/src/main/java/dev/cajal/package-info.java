/** What all of Cajal shares: the exceptions for trouble with files and data. */
@NullMarked
package dev.cajal;

import org.jspecify.annotations.NullMarked;
