/** The HTTP API: leases, history, usage and the snapshot of the feed. */
@NullMarked
package dev.weft.ipam.rest;

import org.jspecify.annotations.NullMarked;
