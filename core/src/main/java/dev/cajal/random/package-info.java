/**
 * Random numbers that depend on where they are used and on nothing else: on a seed, a stream and a
 * position, never on what was drawn before, on threads or on time.
 */
@NullMarked
package dev.cajal.random;

import org.jspecify.annotations.NullMarked;
