package dev.weft.ovsdb.session;

import dev.weft.ovsdb.DatabaseSchema;
import dev.weft.ovsdb.wire.RpcConnection;

/**
 * A usable connection.
 *
 * @param schema of the database, checked against what we require
 */
record Session(RpcConnection rpc, String database, DatabaseSchema schema) {}
