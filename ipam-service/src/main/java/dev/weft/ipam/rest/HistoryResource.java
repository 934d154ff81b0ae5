package dev.weft.ipam.rest;

import dev.weft.bus.Json;
import dev.weft.ipam.ledger.HistoryReader;
import dev.weft.ipam.ledger.HistoryReader.Change;
import dev.weft.ipam.ledger.HistoryReader.Mark;
import dev.weft.ipam.ledger.Tenure;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What was leased when: of an owner, in a time, as a file. */
@Path("/v1/history")
@Tag(name = "history")
@RunOnVirtualThread
public class HistoryResource {

    private static final String NDJSON = "application/x-ndjson";
    private static final int AT_ONCE = 1_000;
    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");
    private static final String EXAMPLE =
            """
            {"items":[{"id":"6c5f…","port":"db-0.shop","ownerKind":"Pod","namespace":"shop","name":"db-0","ownerUid":"f3a1…",
            "nodeName":"n1","serviceAccount":"db","keptBy":"StatefulSet db","provider":"ovn","vpc":"ovn-cluster","subnet":"ovn-default",
            "v4":"10.16.0.7","mac":"0a:5e:1c:00:00:07","began":"2026-11-22T08:00:00Z","ended":"2026-11-22T09:30:00Z","endReason":"HANDED_OVER"}]}\
            """;

    private final HistoryReader history;

    HistoryResource(HistoryReader history) {
        this.history = history;
    }

    /**
     * A page of leases.
     *
     * @param next what to give as {@code after} for the next page, null on the last
     */
    public record Page(List<Tenure> items, @Nullable String next) {}

    /**
     * A page of changes.
     *
     * @param next what to give as {@code after} for the next page, null on the last
     */
    public record Changes(List<Change> items, @Nullable String next) {}

    @GET
    @Operation(summary = "All that an owner ever held, in the order in which it began")
    @APIResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(examples = @ExampleObject(name = "page", value = EXAMPLE)))
    @APIResponse(responseCode = "400", description = "A parameter cannot be used (problem details)")
    public Page ofOwner(
            @Parameter(
                            description =
                                    "namespace/name of a pod or machine, the name of a node, or"
                                            + " vip:name",
                            example = "shop/db-0")
                    @RestQuery
                    @NotNull
                    @Size(max = 512)
                    String owner,
            @Parameter(description = "next of the page before") @RestQuery @Size(max = 120)
                    @Nullable String after,
            @RestQuery @DefaultValue("100") @Min(1) @Max(1000) int limit) {
        var found =
                history.heldBy(
                        Parameters.owner(owner), Parameters.mark(after, Instant.EPOCH), limit + 1);
        return page(found, limit, lease -> mark(lease.began(), lease), Page::new);
    }

    @GET
    @Path("/changes")
    @Operation(summary = "All leases that began or ended between two instants, as they came")
    @APIResponse(responseCode = "200", description = "A page")
    @APIResponse(responseCode = "400", description = "A parameter cannot be used (problem details)")
    public Changes changes(
            @Parameter(description = "The first instant", example = "2026-11-17T00:00:00Z")
                    @RestQuery
                    @NotNull
                    @Size(max = 40)
                    String from,
            @Parameter(description = "The instant after the last; now unless given")
                    @RestQuery
                    @Size(max = 40)
                    @Nullable String to,
            @Parameter(description = "next of the page before") @RestQuery @Size(max = 120)
                    @Nullable String after,
            @RestQuery @DefaultValue("100") @Min(1) @Max(1000) int limit) {
        var found =
                history.changes(
                        Parameters.mark(after, Parameters.instant("from", from)),
                        to == null ? Instant.now() : Parameters.instant("to", to),
                        limit + 1);
        return page(found, limit, change -> mark(change.at(), change.lease()), Changes::new);
    }

    @GET
    @Path("/export")
    @Produces(NDJSON)
    @Operation(summary = "All leases that began between two instants, one JSON object a line")
    @APIResponse(responseCode = "200", description = "NDJSON, in the order in which they began")
    public StreamingOutput export(
            @RestQuery @Size(max = 40) @Nullable String from,
            @RestQuery @Size(max = 40) @Nullable String to) {
        var first = Mark.before(from == null ? Instant.EPOCH : Parameters.instant("from", from));
        var until = to == null ? EVER : Parameters.instant("to", to);
        return out -> {
            var lines = new BufferedOutputStream(out, 64 << 10);
            var mark = first;
            List<Tenure> page;
            do {
                page = history.began(mark, until, AT_ONCE);
                for (var lease : page) {
                    lines.write(Json.mapper().writeValueAsBytes(lease));
                    lines.write('\n');
                    mark = new Mark(lease.began(), lease.id());
                }
            } while (page.size() == AT_ONCE);
            lines.flush();
        };
    }

    private static String mark(Instant at, Tenure lease) {
        return at + "/" + lease.id();
    }

    private interface PageOf<T, P> {
        P of(List<T> items, @Nullable String next);
    }

    private static <T, P> P page(
            List<T> found, int limit, Function<T, String> mark, PageOf<T, P> make) {
        boolean more = found.size() > limit;
        var items = more ? found.subList(0, limit) : found;
        return make.of(items, more ? mark.apply(items.getLast()) : null);
    }
}
