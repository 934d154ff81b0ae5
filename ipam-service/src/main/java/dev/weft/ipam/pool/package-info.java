/** Which addresses of a subnet are free: pure data structures without clock, I/O or locks. */
@NullMarked
package dev.weft.ipam.pool;

import org.jspecify.annotations.NullMarked;
