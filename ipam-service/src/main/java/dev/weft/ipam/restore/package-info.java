/** Bringing leases back that the ledger lost, from what Kubernetes and OVN say of them. */
@NullMarked
package dev.weft.ipam.restore;

import org.jspecify.annotations.NullMarked;
