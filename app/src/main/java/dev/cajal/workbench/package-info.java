/**
 * From somebody's data to a model they can trust: what the command {@code cajal train} does,
 * without the command line.
 */
@NullMarked
package dev.cajal.workbench;

import org.jspecify.annotations.NullMarked;
