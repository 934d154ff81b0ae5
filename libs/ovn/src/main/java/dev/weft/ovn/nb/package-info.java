/** The tables of OVN's northbound database, OVN_Northbound. */
@NullMarked
package dev.weft.ovn.nb;

import org.jspecify.annotations.NullMarked;
