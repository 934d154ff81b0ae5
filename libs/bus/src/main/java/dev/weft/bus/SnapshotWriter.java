package dev.weft.bus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes a snapshot as NDJSON (media type {@link #MEDIA_TYPE}): a {@link SnapshotHeader} line, one
 * {@code {"key":…,"object":…}} line an object, and {@code {"end":true,"count":n}}, without which a
 * reader takes the snapshot for cut. Buffer the stream outside.
 */
public final class SnapshotWriter {
    /** The media type of a snapshot. */
    public static final String MEDIA_TYPE = "application/x-ndjson";

    private static final byte[] KEY = "{\"key\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OBJECT = ",\"object\":".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private long count;

    /** Begins a snapshot on the stream. */
    public SnapshotWriter(OutputStream out, SnapshotHeader header) throws IOException {
        this.out = out;
        out.write(Json.mapper().writeValueAsBytes(header));
        out.write('\n');
    }

    /** Writes one object. */
    public SnapshotWriter entry(String key, JsonNode object) throws IOException {
        return entry(key, Json.mapper().writeValueAsBytes(object));
    }

    /** Writes one object that is JSON (UTF-8, one line) already. */
    public SnapshotWriter entry(String key, byte[] objectJson) throws IOException {
        out.write(KEY);
        out.write(Json.mapper().writeValueAsBytes(key));
        out.write(OBJECT);
        out.write(objectJson);
        out.write('}');
        out.write('\n');
        count++;
        return this;
    }

    /** Writes the end line and flushes. */
    public void end() throws IOException {
        out.write(Json.mapper().writeValueAsBytes(Map.of("end", true, "count", count)));
        out.write('\n');
        out.flush();
    }
}
