/** The CNI executable: environment and stdin to the node daemon's socket and back to stdout. */
@NullMarked
package dev.weft.cni.binary;

import org.jspecify.annotations.NullMarked;
