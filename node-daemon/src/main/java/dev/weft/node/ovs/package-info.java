/** The node's Open_vSwitch database: what rows the node and its pods should have there. */
@NullMarked
package dev.weft.node.ovs;

import org.jspecify.annotations.NullMarked;
