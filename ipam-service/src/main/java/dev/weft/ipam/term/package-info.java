/**
 * What lives as long as this instance is the one that writes: allocating, writing back, publishing.
 */
@NullMarked
package dev.weft.ipam.term;

import org.jspecify.annotations.NullMarked;
