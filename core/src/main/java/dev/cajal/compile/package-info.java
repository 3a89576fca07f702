/** From an expression to something that runs: passes over the graph, each a file. */
@NullMarked
package dev.cajal.compile;

import org.jspecify.annotations.NullMarked;
