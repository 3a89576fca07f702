/** The report of a training run: one page that opens anywhere, with no other file. */
@NullMarked
package dev.cajal.report;

import org.jspecify.annotations.NullMarked;
