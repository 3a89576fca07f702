/** Internal: a strict reader and writer of JSON (RFC 8259), and typed access to what was read. */
@NullMarked
package dev.cajal.json;

import org.jspecify.annotations.NullMarked;
