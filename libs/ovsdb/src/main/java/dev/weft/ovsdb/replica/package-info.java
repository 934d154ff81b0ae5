/**
 * The in-memory copy of tables: rows, indexes, states, and the updates that lead from one state to
 * the next. No I/O.
 */
@NullMarked
package dev.weft.ovsdb.replica;

import org.jspecify.annotations.NullMarked;
