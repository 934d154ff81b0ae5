package dev.weft.relay.api;

import dev.weft.bus.SnapshotWriter;
import dev.weft.relay.Relay;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;

/** Snapshots of the feeds. */
@Path("/v1/snapshots/{feed}")
public class SnapshotResource {
    private static final int CHUNK = 32 << 10;

    private final Relay relay;

    SnapshotResource(Relay relay) {
        this.relay = relay;
    }

    /**
     * The contents of a feed as NDJSON, exactly as of the position in its first line, see {@link
     * SnapshotWriter}. 404 when there is no such feed, 503 as long as its kind was not listed.
     */
    @GET
    @Produces(SnapshotWriter.MEDIA_TYPE)
    @RunOnVirtualThread
    public StreamingOutput snapshot(String feed) {
        var relayed =
                relay.feed(feed).orElseThrow(() -> new NoSuchFeed(feed, relay.feeds().keySet()));
        if (!relayed.watch().status().listed()) throw new NotListedYet(feed);
        var snapshot = relayed.store().snapshot();
        return out -> {
            var writer =
                    new SnapshotWriter(new BufferedOutputStream(out, CHUNK), snapshot.header());
            for (var object : snapshot.objects()) writer.entry(object.getKey(), object.getValue());
            writer.end();
        };
    }
}
