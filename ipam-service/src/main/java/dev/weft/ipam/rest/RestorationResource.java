package dev.weft.ipam.rest;

import dev.weft.ipam.restore.RestorationReport;
import dev.weft.ipam.restore.RestorationReports;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** What was found when the ledger was compared with what there is. */
@Path("/v1/restorations")
@Tag(name = "care")
@RunOnVirtualThread
public class RestorationResource {

    private final RestorationReports reports;

    RestorationResource(RestorationReports reports) {
        this.reports = reports;
    }

    @GET
    @Operation(
            summary =
                    "The starts at which leases were brought back or sources contradicted each"
                            + " other, the last first")
    @APIResponse(responseCode = "200", description = "Reports, each contradiction with who won")
    public List<RestorationReport> latest(
            @RestQuery @DefaultValue("10") @Min(1) @Max(100) int limit) {
        return reports.latest(limit);
    }
}
