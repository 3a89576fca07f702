/** How a network learns: optimizers, and schedules of the rate they learn at. */
@NullMarked
package dev.cajal.optim;

import org.jspecify.annotations.NullMarked;
