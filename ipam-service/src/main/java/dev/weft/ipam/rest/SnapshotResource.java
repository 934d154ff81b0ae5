package dev.weft.ipam.rest;

import dev.weft.bus.Feeds;
import dev.weft.bus.SnapshotHeader;
import dev.weft.bus.SnapshotWriter;
import dev.weft.ipam.feed.LeaseMessages;
import dev.weft.ipam.term.Ipam;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The snapshot of the feed of leases. */
@Path("/v1/snapshots/" + Feeds.LEASE)
@Tag(name = "feed")
public class SnapshotResource {

    private static final int CHUNK = 32 << 10;

    private final Ipam ipam;

    SnapshotResource(Ipam ipam) {
        this.ipam = ipam;
    }

    /**
     * All leases as NDJSON, exactly as of the position in the first line, see {@link
     * SnapshotWriter}.
     */
    @GET
    @Produces(SnapshotWriter.MEDIA_TYPE)
    @RunOnVirtualThread
    @Operation(summary = "All leases, as of a position of the feed ipam.lease")
    @APIResponse(responseCode = "503", description = "Not active (problem details)")
    public StreamingOutput snapshot() {
        var term = ipam.active().orElseThrow(() -> new ApiException.NotActive(ipam.phase()));
        var snapshot = term.book().snapshot();
        var header = new SnapshotHeader(Feeds.LEASE, term.term().epoch(), snapshot.position());
        return out -> {
            var writer = new SnapshotWriter(new BufferedOutputStream(out, CHUNK), header);
            for (var lease : snapshot.leases()) {
                writer.entry(
                        lease.port(), LeaseMessages.json(lease).getBytes(StandardCharsets.UTF_8));
            }
            writer.end();
        };
    }
}
