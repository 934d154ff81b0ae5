/** Waiting for events, locks by key, and the loop that mends. */
@NullMarked
package dev.weft.node.util;

import org.jspecify.annotations.NullMarked;
