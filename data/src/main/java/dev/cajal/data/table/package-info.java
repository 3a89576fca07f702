/**
 * Tables from files: rows of numbers, words and dates, under names. {@link Table} is where to
 * begin.
 */
@NullMarked
package dev.cajal.data.table;

import org.jspecify.annotations.NullMarked;
