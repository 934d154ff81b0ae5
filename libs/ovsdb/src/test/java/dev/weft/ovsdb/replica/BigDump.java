package dev.weft.ovsdb.replica;

import dev.weft.ovsdb.AtomType;
import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import dev.weft.ovsdb.DatabaseSchema;
import dev.weft.ovsdb.DatabaseSchema.ColumnSchema;
import dev.weft.ovsdb.Limits;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.notation.Message;
import dev.weft.ovsdb.notation.MessageHandler;
import dev.weft.ovsdb.notation.MessageReader;
import dev.weft.ovsdb.notation.UpdateSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dump of 100 MB, one message, into a replica; run by {@link BigDumpIT} in a JVM whose heap
 * is smaller than the message. The rows' strings repeat, as real ones do, so that what is kept is
 * small.
 */
public final class BigDump {
    private static final Column<String> NAME = new Column<>("P", "name", ColumnType.STRING);
    private static final Column<Map<String, String>> IDS =
            new Column<>("P", "external_ids", ColumnType.map(ColumnType.STRING, ColumnType.STRING));
    private static final DatabaseSchema SCHEMA =
            new DatabaseSchema(
                    "D",
                    "1",
                    Map.of(
                            "P",
                            new DatabaseSchema.Table(
                                    Map.of(
                                            "name",
                                            new ColumnSchema(AtomType.STRING, null, 1, 1, true),
                                            "external_ids",
                                            new ColumnSchema(
                                                    AtomType.STRING,
                                                    AtomType.STRING,
                                                    0,
                                                    Long.MAX_VALUE,
                                                    true)),
                                    List.of())));

    private BigDump() {}

    /**
     * @param args the number of bytes to send
     */
    public static void main(String[] args) {
        var replica =
                new LiveReplica(
                        MonitorSpec.builder().table("P", NAME, IDS).index(NAME).build(), () -> {});
        replica.fit(SCHEMA);
        var reader = new MessageReader(new Handler(replica), Limits.DEFAULT);
        var bytes = Long.parseLong(args[0]);
        var sent = 0L;
        sent += feed(reader, "{\"id\":1,\"result\":[false,\"t\",{\"P\":{");
        var rows = 0;
        while (sent < bytes) {
            sent += feed(reader, (rows == 0 ? "" : ",") + row(rows));
            rows++;
        }
        feed(reader, "}}],\"error\":null}");
        var loaded = replica.view().rows("P").size();
        System.out.println(
                rows == loaded ? "loaded " + loaded : "lost rows: " + rows + " != " + loaded);
    }

    private static int feed(MessageReader reader, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        reader.read(bytes, 0, bytes.length);
        return bytes.length;
    }

    private static String row(int i) {
        var text = new StringBuilder();
        text.append('"').append(new UUID(i * 0x9E3779B97F4A7C15L, i));
        text.append("\":{\"initial\":{\"name\":\"port-")
                .append(i)
                .append("\",\"external_ids\":[\"map\",[");
        for (var key = 0; key < 8; key++) {
            text.append(key == 0 ? "" : ",").append("[\"weft-some-longer-key-").append(key);
            text.append("\",\"")
                    .append("a value that many rows have, ".repeat(4))
                    .append(i % 5)
                    .append("\"]");
        }
        return text.append("]]}}").toString();
    }

    private record Handler(LiveReplica replica) implements MessageHandler {
        @Override
        public boolean streams(Object requestId) {
            return true;
        }

        @Override
        public UpdateSink updates(
                @Nullable Object requestId, @Nullable String method, List<Object> header) {
            return replica.begin(true);
        }

        @Override
        public void message(Message message) {
            replica.commit(Objects.requireNonNull(message.streamed()));
        }
    }
}
