package dev.weft.kube.v1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.weft.kube.crd.Field;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants of a VPC, as written. Absent and {@code null} are the same; lists are never
 * {@code null}.
 */
@JsonInclude(Include.NON_EMPTY)
public record VpcSpec(
        @Field(
                        value = "Namespaces that may use the VPC's subnets.",
                        pattern = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
                List<String> namespaces,
        @Field("Subnet that the namespaces use unless they say otherwise.")
                @Nullable String defaultSubnet,
        @Field("Static routes of the router.") List<StaticRoute> staticRoutes,
        @Field("Policy routes of the router.") List<PolicyRoute> policyRoutes,
        @Field("Direct links to other VPCs.") List<Peering> vpcPeerings,
        @Field("Whether the router has a port on the external network.")
                @Nullable Boolean enableExternal,
        @Field("Further external subnets of the router.") List<String> extraExternalSubnets,
        @Field("Whether routes may be guarded by BFD.") @Nullable Boolean enableBfd,
        @Field("The router's port for BFD sessions.") @Nullable BfdPort bfdPort,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown) {

    /** A spec in which nothing is said. */
    public static final VpcSpec EMPTY =
            new VpcSpec(
                    List.of(), null, List.of(), List.of(), List.of(), null, List.of(), null, null,
                    Map.of());

    public VpcSpec {
        namespaces = Lists.orEmpty(namespaces);
        staticRoutes = Lists.orEmpty(staticRoutes);
        policyRoutes = Lists.orEmpty(policyRoutes);
        vpcPeerings = Lists.orEmpty(vpcPeerings);
        extraExternalSubnets = Lists.orEmpty(extraExternalSubnets);
        unknown = Lists.orEmpty(unknown);
    }

    /** A static route of the VPC's router. */
    @JsonInclude(Include.NON_EMPTY)
    public record StaticRoute(
            @Field(
                            value =
                                    "Whether cidr is matched against the destination or the source.",
                            allowed = {"policyDst", "policySrc"},
                            defaultValue = "\"policyDst\"")
                    @Nullable String policy,
            @Field(value = "Which addresses.", pattern = "^[0-9a-f.:]+(/[0-9]{1,3})?$")
                    @Nullable String cidr,
            @Field(value = "Where the traffic goes.", pattern = "^[0-9a-f.:]+$")
                    @Nullable String nextHopIP,
            @Field(
                            value = "Whether several next hops share the traffic.",
                            allowed = {"", "normal", "ecmp", "ecmp_symmetric_reply"})
                    @Nullable String ecmpMode,
            @Field("The BFD session that guards the route.") @Nullable String bfdId,
            @Field("Route table; the main one unless given.") @Nullable String routeTable) {}

    /** A policy route of the VPC's router. */
    @JsonInclude(Include.NON_EMPTY)
    public record PolicyRoute(
            @Field(value = "The highest matching priority decides.", min = 0, max = 32767)
                    @Nullable Integer priority,
            @Field("An OVN match expression.") @Nullable String match,
            @Field(
                            value = "What is done with matching traffic.",
                            allowed = {"allow", "drop", "reroute"})
                    @Nullable String action,
            @Field("Required for reroute; several next hops are separated by commas.")
                    @Nullable String nextHopIP) {}

    /** One side of a link between two VPCs. */
    @JsonInclude(Include.NON_EMPTY)
    public record Peering(
            @Field("The other VPC.") @Nullable String remoteVpc,
            @Field("Address and prefix of this side.") @Nullable String localConnectIP) {}

    /** The port of the router on which BFD sessions end. */
    @JsonInclude(Include.NON_EMPTY)
    public record BfdPort(
            @Field(value = "Whether there is one.", defaultValue = "false")
                    @Nullable Boolean enabled,
            @Field("One address, or an IPv4 and an IPv6 one separated by a comma.")
                    @Nullable String ip,
            @Field("Nodes that may hold the port; at most three unless given.")
                    @Nullable LabelSelector nodeSelector) {}
}
