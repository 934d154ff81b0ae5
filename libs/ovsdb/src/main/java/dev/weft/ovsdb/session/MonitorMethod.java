package dev.weft.ovsdb.session;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.weft.ovsdb.notation.Json;
import dev.weft.ovsdb.replica.LiveReplica;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The three ways to monitor, the best first (ovsdb-server(7) 4.1.15 and 4.1.12, RFC 7047 section
 * 4.1.5).
 */
enum MonitorMethod {
    /** Can be resumed after a reconnect; answered by update3. */
    MONITOR_COND_SINCE("monitor_cond_since"),
    /** Differences and conditions; answered by update2. */
    MONITOR_COND("monitor_cond"),
    /** Of the RFC: whole rows; answered by update. */
    MONITOR("monitor");

    /** The id of no transaction: asks for all contents. */
    static final String NO_TRANSACTION = "00000000-0000-0000-0000-000000000000";

    private final String word;

    MonitorMethod(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** What to try when the server does not know this one; null at the end. */
    @Nullable MonitorMethod fallback() {
        return switch (this) {
            case MONITOR_COND_SINCE -> MONITOR_COND;
            case MONITOR_COND -> MONITOR;
            case MONITOR -> null;
        };
    }

    /** The params of the request. */
    byte[] params(String database, String monitorId, LiveReplica replica, String lastTransaction) {
        return Json.writeBytes(
                out -> {
                    out.writeStartArray();
                    out.writeString(database);
                    out.writeString(monitorId);
                    out.writeStartObject();
                    for (var table : replica.wanted().entrySet()) {
                        out.writeFieldName(table.getKey());
                        out.writeStartArray();
                        out.writeStartObject();
                        out.writeArrayFieldStart("columns");
                        for (var column : table.getValue()) {
                            out.writeString(column);
                        }
                        out.writeEndArray();
                        conditions(out, table.getKey(), replica);
                        out.writeEndObject();
                        out.writeEndArray();
                    }
                    out.writeEndObject();
                    if (this == MONITOR_COND_SINCE) {
                        out.writeString(lastTransaction);
                    }
                    out.writeEndArray();
                });
    }

    private void conditions(JsonGenerator out, String table, LiveReplica replica)
            throws IOException {
        var where = replica.spec().tables().get(table).where();
        if (where.isEmpty()) {
            return;
        }
        if (this == MONITOR) {
            throw new IllegalArgumentException(
                    "the server is too old for a monitor with conditions (on " + table + ")");
        }
        out.writeArrayFieldStart("where");
        for (var condition : where) {
            condition.write(out);
        }
        out.writeEndArray();
    }
}
