package dev.weft.vpc.rest;

import dev.weft.bus.FeedView;
import dev.weft.ovn.OvnDatabase;
import dev.weft.ovn.OvnStatistics;
import dev.weft.vpc.VpcService;
import dev.weft.vpc.northbound.Fabric;
import dev.weft.vpc.northbound.Northbound;
import dev.weft.vpc.records.Records;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How the service stands, for people and for the {@code weft} script. */
@Path("/v1/status")
@Tag(name = "status")
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {

    private final VpcService service;
    private final Records records;
    private final Northbound northbound;
    private final Fabric fabric;

    StatusResource(VpcService service, Records records, Northbound northbound, Fabric fabric) {
        this.service = service;
        this.records = records;
        this.northbound = northbound;
        this.fabric = fabric;
    }

    /** Feeds, database, queue, and what does not work at the moment. */
    @GET
    @Operation(summary = "Feeds, database, queue, and what does not work at the moment")
    public Status status() {
        var loop = fabric.status();
        return new Status(
                service.isActive(),
                northbound.isConnected(),
                northbound.holdsLock(),
                northbound.opened().map(OvnDatabase::statistics).orElse(null),
                loop.queued() + loop.running(),
                loop.failures().stream()
                        .map(f -> new Trouble(f.key().toString(), f.times(), f.reason()))
                        .toList(),
                fabric.refusals().entrySet().stream()
                        .map(
                                refusal ->
                                        new Refusal(
                                                refusal.getKey().toString(), refusal.getValue()))
                        .toList(),
                records.status());
    }

    /**
     * How the service stands.
     *
     * @param waiting owners that wait to be looked at, or are looked at now
     */
    public record Status(
            boolean active,
            boolean connected,
            boolean lock,
            @Nullable OvnStatistics northbound,
            int waiting,
            List<Trouble> troubles,
            List<Refusal> refused,
            List<FeedView.Status> feeds) {}

    /** An owner whose object is not served, and the field, value and rule that say why. */
    public record Refusal(String owner, String reason) {}

    /** An owner whose rows could not be brought to what they should be. */
    public record Trouble(String owner, int times, String reason) {}
}
