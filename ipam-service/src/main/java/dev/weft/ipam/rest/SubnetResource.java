package dev.weft.ipam.rest;

import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.pool.Usage;
import dev.weft.ipam.term.ActiveTerm;
import dev.weft.ipam.term.Ipam;
import dev.weft.kube.SubnetResolution;
import dev.weft.kube.SubnetResolution.Invalid;
import dev.weft.kube.SubnetResolution.Valid;
import dev.weft.net.Family;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How the addresses of subnets are used. */
@Path("/v1/subnets")
@Tag(name = "subnets")
@RunOnVirtualThread
public class SubnetResource {

    private final Ipam ipam;

    SubnetResource(Ipam ipam) {
        this.ipam = ipam;
    }

    /**
     * How a subnet's addresses are used.
     *
     * @param invalid why it is not served, null when it is
     * @param families usage by {@code IPv4} and {@code IPv6}
     */
    public record SubnetUsage(
            String name,
            @Nullable String vpc,
            @Nullable String cidr,
            @Nullable String gateway,
            @Nullable String invalid,
            Map<String, FamilyUsage> families) {}

    /**
     * How the addresses of one family are used.
     *
     * @param used addresses held
     * @param available addresses that can be handed out unasked
     * @param usedRanges {@code a..b,c}
     * @param availableRanges {@code a..b,c}
     */
    public record FamilyUsage(
            BigInteger used, BigInteger available, String usedRanges, String availableRanges) {}

    @GET
    @Operation(summary = "The names of all subnets")
    @APIResponse(responseCode = "200", description = "Names, sorted")
    public List<String> names() {
        return book().subnetNames().stream().sorted().toList();
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "How a subnet's addresses are used")
    @APIResponse(responseCode = "200", description = "Usage of each family")
    @APIResponse(responseCode = "404", description = "No such subnet (problem details)")
    public SubnetUsage one(@Size(max = 253) String name) {
        var book = book();
        var resolution =
                book.resolution(name)
                        .orElseThrow(() -> new ApiException.NotFound("there is no subnet " + name));
        return usage(name, resolution, book.usage(name).orElse(Map.of()));
    }

    private static SubnetUsage usage(
            String name, SubnetResolution resolution, Map<Family, Usage> usage) {
        var families = new TreeMap<String, FamilyUsage>();
        usage.forEach(
                (family, figures) ->
                        families.put(
                                family.toString(),
                                new FamilyUsage(
                                        figures.used(),
                                        figures.available(),
                                        figures.usedRanges().toString(),
                                        figures.availableRanges().toString())));
        return switch (resolution) {
            case Valid(var subnet) ->
                    new SubnetUsage(
                            name,
                            subnet.vpc(),
                            subnet.cidrs().toString(),
                            subnet.gateways().toString(),
                            null,
                            families);
            case Invalid invalid ->
                    new SubnetUsage(name, null, null, null, invalid.toString(), families);
        };
    }

    private LeaseBook book() {
        return ipam.active()
                .map(ActiveTerm::book)
                .orElseThrow(() -> new ApiException.NotActive(ipam.phase()));
    }
}
