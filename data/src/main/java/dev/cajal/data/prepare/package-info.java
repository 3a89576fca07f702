/**
 * From columns of a table to what a network learns from, and back: {@link Preparation} is kept with
 * the model, so that it takes raw rows.
 */
@NullMarked
package dev.cajal.data.prepare;

import org.jspecify.annotations.NullMarked;
