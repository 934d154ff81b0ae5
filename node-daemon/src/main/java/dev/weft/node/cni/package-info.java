/** The CNI commands, served on a unix socket. */
@NullMarked
package dev.weft.node.cni;

import org.jspecify.annotations.NullMarked;
