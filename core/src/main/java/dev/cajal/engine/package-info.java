/** Running expressions at full speed: compiled programs. */
@NullMarked
package dev.cajal.engine;

import org.jspecify.annotations.NullMarked;
