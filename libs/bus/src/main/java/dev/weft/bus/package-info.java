/**
 * Message contracts between the services, feeds with snapshots and positions, and the keyed
 * reconcile loop.
 */
@NullMarked
package dev.weft.bus;

import org.jspecify.annotations.NullMarked;
