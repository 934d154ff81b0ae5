/** Leases of addresses and the ledger of who held them. */
@NullMarked
package dev.weft.ipam;

import org.jspecify.annotations.NullMarked;
