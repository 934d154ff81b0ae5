/**
 * The leases and pools as they are now, under one lock, following what the ledger has committed.
 */
@NullMarked
package dev.weft.ipam.book;

import org.jspecify.annotations.NullMarked;
