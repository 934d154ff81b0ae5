/** The node's own leg on the fabric: ovn0, its addresses, and the routes to the pods. */
@NullMarked
package dev.weft.node.host;

import org.jspecify.annotations.NullMarked;
