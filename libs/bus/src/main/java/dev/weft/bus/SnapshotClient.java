package dev.weft.bus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads snapshots from a producer: {@code GET <base>/v1/snapshots/<feed>}, line by line, so that a
 * large one is never held whole. One attempt a call; {@link FeedView} retries.
 */
public final class SnapshotClient implements SnapshotSource {
    /** No object of ours comes near this; a longer line is refused. */
    static final int LONGEST_LINE = 2 << 20;

    private static final Duration TO_CONNECT = Duration.ofSeconds(5);
    private static final Duration TO_ANSWER = Duration.ofSeconds(20);
    private static final Duration TO_END = Duration.ofMinutes(2);

    private final HttpClient http;
    private final URI base;
    private final Timers timers;

    /**
     * @param base the producer's URL, such as {@code http://relay:8080}
     */
    public SnapshotClient(URI base) {
        this(base, Timers.system());
    }

    SnapshotClient(URI base, Timers timers) {
        this.base = URI.create(base.toString().replaceAll("/+$", ""));
        this.timers = timers;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TO_CONNECT)
                        .build();
    }

    @Override
    public SnapshotHeader read(String feed, BiConsumer<String, JsonNode> entries)
            throws IOException, InterruptedException {
        var from =
                URI.create(
                        base + "/v1/snapshots/" + URLEncoder.encode(feed, StandardCharsets.UTF_8));
        var request =
                HttpRequest.newBuilder(from)
                        .header("Accept", SnapshotWriter.MEDIA_TYPE)
                        .timeout(TO_ANSWER)
                        .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() != 200)
                throw new IOException("%s answered %d".formatted(from, response.statusCode()));
            var deadline = timers.after(TO_END, () -> abort(body));
            try {
                return parse(feed, body, entries);
            } catch (IOException e) {
                throw new IOException(
                        "snapshot of %s from %s: %s".formatted(feed, from, e.getMessage()), e);
            } finally {
                deadline.cancel();
            }
        }
    }

    /** Reads the NDJSON form of {@link SnapshotWriter}. */
    static SnapshotHeader parse(String feed, InputStream body, BiConsumer<String, JsonNode> entries)
            throws IOException {
        var lines = new Lines(body);
        var first = lines.next();
        if (first == null) throw new IOException("empty");
        var header = header(feed, Json.mapper().readTree(first));
        long count = 0;
        for (var line = lines.next(); line != null; line = lines.next()) {
            var node = Json.mapper().readTree(line);
            if (node.path("end").asBoolean()) {
                if (node.path("count").asLong(-1) != count) {
                    throw new IOException(
                            "has %d objects, its end line says %s"
                                    .formatted(count, node.path("count")));
                }
                return header;
            }
            var object = node.get("object");
            if (!node.path("key").isTextual() || object == null)
                throw new IOException("line without key or object");
            entries.accept(node.get("key").textValue(), object);
            count++;
        }
        throw new IOException("cut after %d objects: no end line".formatted(count));
    }

    private static SnapshotHeader header(String feed, JsonNode node) throws IOException {
        if (!feed.equals(node.path("feed").textValue()))
            throw new IOException("is of feed " + node.path("feed"));
        if (!node.path("position").isIntegralNumber()) throw new IOException("has no position");
        try {
            return new SnapshotHeader(
                    feed,
                    UUID.fromString(node.path("epoch").asText()),
                    node.get("position").longValue());
        } catch (IllegalArgumentException e) {
            throw new IOException("has epoch " + node.path("epoch") + ", which is no UUID", e);
        }
    }

    private static void abort(InputStream body) {
        try {
            body.close();
        } catch (IOException _) {
            // the reader gets its own exception
        }
    }

    /** Lines of bounded length. */
    private static final class Lines {
        private final InputStream in;
        private final byte[] chunk = new byte[16 << 10];
        private int from;
        private int to;

        Lines(InputStream in) {
            this.in = in;
        }

        /**
         * The next line that ended with a newline, null at the end; what is left without one is a
         * cut line.
         */
        byte @Nullable [] next() throws IOException {
            var line = new ByteArrayOutputStream(1024);
            while (true) {
                for (int i = from; i < to; i++) {
                    if (chunk[i] == '\n') {
                        line.write(chunk, from, i - from);
                        from = i + 1;
                        return line.toByteArray();
                    }
                }
                line.write(chunk, from, to - from);
                if (line.size() > LONGEST_LINE)
                    throw new IOException("line longer than %d bytes".formatted(LONGEST_LINE));
                from = 0;
                to = Math.max(0, in.read(chunk));
                if (to == 0) return null;
            }
        }
    }
}
