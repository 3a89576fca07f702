/**
 * Data that is made from a seed: pictures of digits, clouds of points, a series. It needs no file
 * and no network, and is the same to the last bit on every machine.
 */
@NullMarked
package dev.cajal.data.builtin;

import org.jspecify.annotations.NullMarked;
