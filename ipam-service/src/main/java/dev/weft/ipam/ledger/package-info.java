/** The ledger in PostgreSQL: leases, their history and the outbox, changed in one commit. */
@NullMarked
package dev.weft.ipam.ledger;

import org.jspecify.annotations.NullMarked;
