package dev.weft.vpc.rest;

import dev.weft.ovn.Owner;
import dev.weft.vpc.northbound.Drift;
import dev.weft.vpc.northbound.PlannedChange;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where OVN differs from what the records say. */
@Path("/v1/drift")
@Tag(name = "drift")
@Produces(MediaType.APPLICATION_JSON)
public class DriftResource {

    private final Drift drift;

    DriftResource(Drift drift) {
        this.drift = drift;
    }

    /** Everything that differs. */
    @GET
    @Operation(summary = "Every object whose rows in OVN are not as they should be")
    @APIResponse(responseCode = "200", description = "What would change, object by object")
    public DriftReport report() {
        var changes = drift.all();
        return new DriftReport(changes.isEmpty(), changes);
    }

    /** Mends it. */
    @POST
    @Path("/repair")
    @Operation(summary = "Brings those rows to what they should be")
    @APIResponse(responseCode = "200", description = "What was repaired, and what still differs")
    public RepairReport repair() throws InterruptedException {
        var repair = drift.repair();
        return new RepairReport(
                repair.repaired().stream().map(Owner::toString).toList(), repair.remaining());
    }

    /** What differs. */
    public record DriftReport(boolean inSync, List<PlannedChange> drift) {}

    /** What came of a repair. */
    public record RepairReport(List<String> repaired, List<PlannedChange> remaining) {}
}
