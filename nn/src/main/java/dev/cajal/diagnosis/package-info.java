/** What ails a network, told from its curves, its gradients, its units and its data. */
@NullMarked
package dev.cajal.diagnosis;

import org.jspecify.annotations.NullMarked;
