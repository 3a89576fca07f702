/** Derivatives of expressions, as expressions. */
@NullMarked
package dev.cajal.autodiff;

import org.jspecify.annotations.NullMarked;
