/** The networks of the workloads and their optimizers, written in the language of tensors alone. */
@NullMarked
package dev.cajal.bench.network;

import org.jspecify.annotations.NullMarked;
