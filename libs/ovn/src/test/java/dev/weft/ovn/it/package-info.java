/** The engine against the real ovsdb-server. */
@NullMarked
package dev.weft.ovn.it;

import org.jspecify.annotations.NullMarked;
