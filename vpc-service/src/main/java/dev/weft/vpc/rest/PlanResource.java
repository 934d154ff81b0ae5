package dev.weft.vpc.rest;

import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.Vpc;
import dev.weft.ovn.Owner;
import dev.weft.vpc.northbound.Drift;
import dev.weft.vpc.northbound.PlannedChange;
import dev.weft.vpc.records.Records;
import dev.weft.vpc.topology.Owners;
import dev.weft.vpc.topology.VpcView;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What would change in OVN for an object. Nothing is ever changed by asking. */
@Path("/v1/plan")
@Tag(name = "plan")
@Produces(MediaType.APPLICATION_JSON)
public class PlanResource {

    private static final String KINDS = "Vpc, Subnet, Pod, Node";

    private final Drift drift;
    private final Records records;

    PlanResource(Drift drift, Records records) {
        this.drift = drift;
        this.records = records;
    }

    /** What would change for an object that is there. */
    @GET
    @Path("/{kind}/{name: .+}")
    @Operation(summary = "What would change in OVN for an object of the cluster")
    @APIResponse(responseCode = "200", description = "The changes; none when it is in sync")
    @APIResponse(responseCode = "404", description = "Nothing is known of such an object")
    public PlannedChange plan(
            @Parameter(description = "Vpc, Subnet, Pod or Node", example = "Subnet") String kind,
            @Parameter(description = "Name, of a pod namespace/name", example = "ovn-default")
                    String name) {
        var owner = owner(kind, name);
        if (!drift.knows(owner)) {
            throw new VpcException.NoSuchObject(kind, name);
        }
        return drift.planned(owner);
    }

    /** What would change if a manifest were applied. */
    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", MediaType.TEXT_PLAIN})
    @Operation(summary = "What would change in OVN if this Subnet or Vpc were applied")
    @APIResponse(responseCode = "200", description = "The changes, or why it would be refused")
    @APIResponse(responseCode = "400", description = "The body is not a Subnet or Vpc")
    public PlannedChange planManifest(String manifest) {
        return switch (Manifests.read(manifest)) {
            case Subnet subnet ->
                    drift.planned(
                            Owners.subnet(subnet.getMetadata().getName()),
                            records.worldWith(subnet));
            case Vpc vpc ->
                    drift.planned(
                            Owners.vpc(vpc.getMetadata().getName()),
                            records.world().with(VpcView.of(vpc)));
            case Object other ->
                    throw new VpcException.NotAManifest(
                            "kind of the body: must be Subnet or Vpc, not " + other.getClass());
        };
    }

    private static Owner owner(String kind, String name) {
        try {
            return switch (kind.toLowerCase(Locale.ROOT)) {
                case "vpc" -> Owners.vpc(name);
                case "subnet" -> Owners.subnet(name);
                case "node" -> Owners.node(name);
                case "pod" -> new Owner(Owners.SERVICE, Owners.POD, name);
                default -> throw new VpcException.UnknownKind(kind, KINDS);
            };
        } catch (IllegalArgumentException _) {
            throw new VpcException.NoSuchObject(kind, name);
        }
    }
}
