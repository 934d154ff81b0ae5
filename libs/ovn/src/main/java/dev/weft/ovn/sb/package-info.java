/** The tables of OVN's southbound database, OVN_Southbound. */
@NullMarked
package dev.weft.ovn.sb;

import org.jspecify.annotations.NullMarked;
