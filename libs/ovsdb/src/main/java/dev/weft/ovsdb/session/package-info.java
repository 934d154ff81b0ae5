/**
 * A client's life: connecting and connecting again, and what is done on a connection: monitors,
 * locks, transactions.
 */
@NullMarked
package dev.weft.ovsdb.session;

import org.jspecify.annotations.NullMarked;
