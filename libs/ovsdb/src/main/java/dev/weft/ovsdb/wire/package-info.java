/**
 * Connections: sockets of three kinds behind one face, and JSON-RPC 1.0 on top of them. Knows no
 * table and no lock.
 */
@NullMarked
package dev.weft.ovsdb.wire;

import org.jspecify.annotations.NullMarked;
