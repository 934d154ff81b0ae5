package dev.weft.relay.api;

import java.util.Collection;

/** The name in the path is none of a feed. */
final class NoSuchFeed extends RuntimeException {
    NoSuchFeed(String feed, Collection<String> feeds) {
        super("there is no feed '%s'; the feeds are %s".formatted(feed, feeds));
    }
}
