/** Search: which settings of a network and its training do best. */
@NullMarked
package dev.cajal.search;

import org.jspecify.annotations.NullMarked;
