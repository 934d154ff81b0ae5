/** What the relay answers over HTTP: snapshots, the state of the feeds, health. */
@NullMarked
package dev.weft.relay.api;

import org.jspecify.annotations.NullMarked;
