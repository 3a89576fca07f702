/** Machine code by way of bytecode: methods that are written while the program runs. */
@NullMarked
package dev.cajal.engine.cpu.emit;

import org.jspecify.annotations.NullMarked;
