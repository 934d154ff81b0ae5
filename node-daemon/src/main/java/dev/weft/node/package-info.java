/** The node's side of the fabric: CNI server, OVS ports, kernel interfaces and routes. */
@NullMarked
package dev.weft.node;

import org.jspecify.annotations.NullMarked;
