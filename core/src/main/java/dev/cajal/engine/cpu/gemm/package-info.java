/** The matrix product, and the kernels for small tiles of it that convolution uses as well. */
@NullMarked
package dev.cajal.engine.cpu.gemm;

import org.jspecify.annotations.NullMarked;
