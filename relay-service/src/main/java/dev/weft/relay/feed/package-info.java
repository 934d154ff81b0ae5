/** A feed at its producer: contents, positions, beacons. */
@NullMarked
package dev.weft.relay.feed;

import org.jspecify.annotations.NullMarked;
