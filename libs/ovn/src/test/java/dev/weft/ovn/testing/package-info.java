/** A database in memory, random states of it and the laws that applying desired rows must keep. */
@NullMarked
package dev.weft.ovn.testing;

import org.jspecify.annotations.NullMarked;
