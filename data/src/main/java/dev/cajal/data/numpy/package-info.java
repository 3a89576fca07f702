/** Arrays in the files of NumPy. */
@NullMarked
package dev.cajal.data.numpy;

import org.jspecify.annotations.NullMarked;
