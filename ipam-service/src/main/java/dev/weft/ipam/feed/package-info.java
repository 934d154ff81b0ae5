/** The feeds that the service reads and the one that it publishes. */
@NullMarked
package dev.weft.ipam.feed;

import org.jspecify.annotations.NullMarked;
