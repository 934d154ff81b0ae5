/** Benchmarks, each beside its competitor in the same run. */
@NullMarked
package dev.weft.bench;

import org.jspecify.annotations.NullMarked;
