/**
 * One watch a kind for the whole control plane: Kubernetes in, keyed messages and snapshots out.
 */
@NullMarked
package dev.weft.relay;

import org.jspecify.annotations.NullMarked;
