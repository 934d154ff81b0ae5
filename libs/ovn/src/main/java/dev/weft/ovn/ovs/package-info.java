/** The tables of a node's Open_vSwitch database. */
@NullMarked
package dev.weft.ovn.ovs;

import org.jspecify.annotations.NullMarked;
