/** CNI types and JSON that the binary and the node daemon share. */
@NullMarked
package dev.weft.cni;

import org.jspecify.annotations.NullMarked;
