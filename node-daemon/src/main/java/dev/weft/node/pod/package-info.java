/** A pod's interface in the kernel: what it should be, what it is, and the steps between. */
@NullMarked
package dev.weft.node.pod;

import org.jspecify.annotations.NullMarked;
