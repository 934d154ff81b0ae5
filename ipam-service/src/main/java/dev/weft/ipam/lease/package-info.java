/** Who gets which addresses and why not: the deciding, and the book of what is leased. */
@NullMarked
package dev.weft.ipam.lease;

import org.jspecify.annotations.NullMarked;
