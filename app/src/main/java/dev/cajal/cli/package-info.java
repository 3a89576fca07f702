/** The command line: {@code cajal} and its subcommands. */
@NullMarked
package dev.cajal.cli;

import org.jspecify.annotations.NullMarked;
