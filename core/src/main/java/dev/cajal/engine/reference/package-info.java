/**
 * The reference: evaluates any expression in double precision, one operation at a time, in the
 * plainest loops. It is what engines are tested against and what worksheets show; it is never fast
 * and never clever.
 */
@NullMarked
package dev.cajal.engine.reference;

import org.jspecify.annotations.NullMarked;
