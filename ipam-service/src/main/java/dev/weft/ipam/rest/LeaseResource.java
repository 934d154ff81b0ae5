package dev.weft.ipam.rest;

import dev.weft.bus.LeaseView;
import dev.weft.ipam.feed.LeaseMessages;
import dev.weft.ipam.ledger.LeaseQuery;
import dev.weft.ipam.ledger.LedgerReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What is leased now. */
@Path("/v1/leases")
@Tag(name = "leases")
@RunOnVirtualThread
public class LeaseResource {

    private final LedgerReader ledger;

    LeaseResource(LedgerReader ledger) {
        this.ledger = ledger;
    }

    /**
     * A page of leases.
     *
     * @param next what to give as {@code after} for the next page, null on the last
     */
    public record Page(List<LeaseView> items, @Nullable String next) {}

    @GET
    @Operation(summary = "Leases in the order of their port names, a page at a time")
    @APIResponse(responseCode = "200", description = "A page")
    @APIResponse(responseCode = "400", description = "A parameter cannot be used (problem details)")
    public Page list(
            @Parameter(description = "Port name behind which the page begins")
                    @RestQuery
                    @DefaultValue("")
                    @Size(max = 512)
                    String after,
            @Parameter(description = "Most leases on the page")
                    @RestQuery
                    @DefaultValue("100")
                    @Min(1)
                    @Max(1000)
                    int limit,
            @Parameter(description = "Only of this subnet") @RestQuery @Size(max = 253)
                    @Nullable String subnet,
            @Parameter(
                            description =
                                    "Only of this owner: namespace/name of a pod, or the name of a node")
                    @RestQuery
                    @Size(max = 512)
                    @Nullable String owner,
            @Parameter(description = "Only with this address") @RestQuery @Size(max = 45)
                    @Nullable String address) {
        var found =
                ledger.leases(
                        new LeaseQuery(
                                after,
                                limit + 1,
                                subnet,
                                owner == null ? null : Parameters.owner(owner),
                                address == null ? null : Parameters.address(address)));
        boolean more = found.size() > limit;
        var page = more ? found.subList(0, limit) : found;
        return new Page(
                page.stream().map(LeaseMessages::view).toList(),
                more ? page.getLast().port() : null);
    }

    @GET
    @Path("/{port}")
    @Operation(summary = "What a port holds")
    @APIResponse(responseCode = "200", description = "The lease")
    @APIResponse(responseCode = "404", description = "It holds nothing (problem details)")
    public LeaseView one(
            @Parameter(description = "<pod>.<namespace> or node-<node>") @Size(max = 512)
                    String port) {
        return ledger.lease(port)
                .map(LeaseMessages::view)
                .orElseThrow(() -> new ApiException.NotFound("port " + port + " holds no lease"));
    }
}
