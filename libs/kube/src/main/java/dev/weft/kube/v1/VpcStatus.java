package dev.weft.kube.v1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.kube.crd.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the fabric says about a VPC. */
@JsonInclude(Include.NON_EMPTY)
public record VpcStatus(
        @JsonProperty("default") @Field("Whether this is the cluster's default VPC.")
                @Nullable Boolean isDefault,
        @Field("Name of the switch that namespaces use unless they say otherwise.")
                @Nullable String defaultLogicalSwitch,
        @Field("Name of the logical router.") @Nullable String router,
        @Field("Load balancer of TCP services.") @Nullable String tcpLoadBalancer,
        @Field("Load balancer of UDP services.") @Nullable String udpLoadBalancer,
        @Field("Load balancer of SCTP services.") @Nullable String sctpLoadBalancer,
        @Field("Load balancer of TCP services with affinity.")
                @Nullable String tcpSessionLoadBalancer,
        @Field("Load balancer of UDP services with affinity.")
                @Nullable String udpSessionLoadBalancer,
        @Field("Load balancer of SCTP services with affinity.")
                @Nullable String sctpSessionLoadBalancer,
        @Field("Subnets of the VPC.") List<String> subnets,
        @Field("VPCs that it is linked to.") List<String> vpcPeerings,
        @Field("Whether the router is on the external network.") @Nullable Boolean enableExternal,
        @Field("Further external subnets of the router.") List<String> extraExternalSubnets,
        @Field("Whether routes are guarded by BFD.") @Nullable Boolean enableBfd,
        @Field("The router's port for BFD sessions.") @Nullable BfdPortStatus bfdPort,
        @Field("True once the router is there.") @Nullable Boolean standby,
        @Field("How far the spec is in force.") List<Condition> conditions,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown) {

    /** A status in which nothing is said. */
    public static final VpcStatus EMPTY =
            new VpcStatus(
                    null, null, null, null, null, null, null, null, null, List.of(), List.of(),
                    null, List.of(), null, null, null, List.of(), Map.of());

    public VpcStatus {
        subnets = Lists.orEmpty(subnets);
        vpcPeerings = Lists.orEmpty(vpcPeerings);
        extraExternalSubnets = Lists.orEmpty(extraExternalSubnets);
        conditions = Lists.orEmpty(conditions);
        unknown = Lists.orEmpty(unknown);
    }

    /** The same status saying which router serves the VPC, with which subnets. */
    public VpcStatus serving(
            boolean defaultVpc,
            String routerName,
            String defaultSwitch,
            List<String> ofSubnets,
            boolean ready) {
        return new VpcStatus(
                defaultVpc,
                defaultSwitch,
                routerName,
                tcpLoadBalancer,
                udpLoadBalancer,
                sctpLoadBalancer,
                tcpSessionLoadBalancer,
                udpSessionLoadBalancer,
                sctpSessionLoadBalancer,
                ofSubnets,
                vpcPeerings,
                enableExternal,
                extraExternalSubnets,
                enableBfd,
                bfdPort,
                ready,
                conditions,
                unknown);
    }

    /** The same status with other conditions. */
    public VpcStatus withConditions(List<Condition> others) {
        return new VpcStatus(
                isDefault,
                defaultLogicalSwitch,
                router,
                tcpLoadBalancer,
                udpLoadBalancer,
                sctpLoadBalancer,
                tcpSessionLoadBalancer,
                udpSessionLoadBalancer,
                sctpSessionLoadBalancer,
                subnets,
                vpcPeerings,
                enableExternal,
                extraExternalSubnets,
                enableBfd,
                bfdPort,
                standby,
                others,
                unknown);
    }

    /** The port on which BFD sessions end, as it is. */
    @JsonInclude(Include.NON_EMPTY)
    public record BfdPortStatus(
            @Field("Name of the router port.") @Nullable String name,
            @Field("Its addresses.") @Nullable String ip,
            @Field("Nodes that may hold it.") List<String> nodes) {
        public BfdPortStatus {
            nodes = Lists.orEmpty(nodes);
        }
    }
}
