package dev.weft.ipam.rest;

import dev.weft.ipam.ledger.LedgerReader;
import dev.weft.ipam.ledger.Tenure;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Who holds and who held an address. An address is one of a VPC: others may have the same. */
@Path("/v1/addresses/{vpc}/{address}")
@Tag(name = "addresses")
@RunOnVirtualThread
public class AddressResource {

    private final LedgerReader ledger;

    AddressResource(LedgerReader ledger) {
        this.ledger = ledger;
    }

    /**
     * A page of the past.
     *
     * @param next what to give as {@code before} for the next page, null on the last
     */
    public record Page(List<Tenure> items, @Nullable Instant next) {}

    @GET
    @Operation(summary = "Who held the address at an instant, or holds it now")
    @APIResponse(responseCode = "200", description = "The holder, and from when to when")
    @APIResponse(responseCode = "404", description = "Nobody (problem details)")
    public Tenure holder(
            @Size(max = 253) String vpc,
            @Size(max = 45) String address,
            @Parameter(description = "An instant such as 2026-11-22T08:00:00Z; now unless given")
                    @RestQuery
                    @Size(max = 40)
                    @Nullable String at) {
        var ip = Parameters.address(address);
        var when = at == null ? Instant.now() : Parameters.instant("at", at);
        return ledger.holder(vpc, ip, when)
                .orElseThrow(
                        () ->
                                new ApiException.NotFound(
                                        "nobody held %s of VPC %s at %s".formatted(ip, vpc, when)));
    }

    @GET
    @Path("/history")
    @Operation(summary = "Who held the address, the latest first, a page at a time")
    @APIResponse(responseCode = "200", description = "A page, empty when it was never leased")
    public Page history(
            @Size(max = 253) String vpc,
            @Size(max = 45) String address,
            @Parameter(description = "Only what began before this instant")
                    @RestQuery
                    @Size(max = 40)
                    @Nullable String before,
            @RestQuery @DefaultValue("100") @Min(1) @Max(1000) int limit) {
        var until =
                before == null
                        ? Instant.parse("9999-01-01T00:00:00Z")
                        : Parameters.instant("before", before);
        var found = ledger.history(vpc, Parameters.address(address), until, limit + 1);
        boolean more = found.size() > limit;
        var page = more ? found.subList(0, limit) : found;
        return new Page(page, more ? page.getLast().began() : null);
    }
}
