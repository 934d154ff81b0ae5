package dev.weft.kube.v1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.kube.crd.Field;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants of a subnet, as written: nothing is defaulted or checked here, see {@link
 * dev.weft.kube.SubnetDefaults}. Absent and {@code null} are the same; lists are never {@code
 * null}.
 */
@JsonInclude(Include.NON_EMPTY)
public record SubnetSpec(
        @JsonProperty("default")
                @Field(
                        "The cluster's default subnet; true for the one named by the controller's configuration only.")
                @Nullable Boolean isDefault,
        @Field("The VPC that the subnet is in; ovn-cluster unless given. Immutable.")
                @Nullable String vpc,
        @Field(
                        value =
                                "Families of the subnet, computed from cidrBlock; Mac for an underlay subnet without addresses.",
                        allowed = {"", "IPv4", "IPv6", "Dual", "Mac"})
                @Nullable String protocol,
        @Field(
                        value = "Namespaces whose pods get addresses of this subnet.",
                        pattern = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
                List<String> namespaces,
        @Field("Binds the namespaces that carry these labels as well.")
                List<LabelSelector> namespaceSelectors,
        @Field(
                        value = "One CIDR, or an IPv4 and an IPv6 one separated by a comma.",
                        pattern = "^([0-9a-f.:]+/[0-9]{1,3}(,[0-9a-f.:]+/[0-9]{1,3})?)?$")
                @Nullable String cidrBlock,
        @Field(
                        value =
                                "Gateway of each CIDR, separated by a comma; the first usable addresses unless given.",
                        pattern = "^([0-9a-f.:]+(,[0-9a-f.:]+)?)?$")
                @Nullable String gateway,
        @Field(
                        value = "Addresses and ranges a..b that are never handed out unasked.",
                        pattern = "^[0-9a-f.:]+$")
                List<String> excludeIps,
        @Field(
                        value =
                                "ovn, <nad>.<namespace>.ovn for a secondary network, anything else for address management only.",
                        defaultValue = "\"ovn\"")
                @Nullable String provider,
        @Field(
                        value =
                                "Where traffic leaves the cluster: on each pod's node, or on chosen nodes.",
                        allowed = {"", "distributed", "centralized"})
                @Nullable String gatewayType,
        @Field(
                        "Nodes of a centralized gateway, separated by commas; each may be node:ip to fix the source address.")
                @Nullable String gatewayNode,
        @Field("Chooses the nodes of a centralized gateway by label.")
                List<LabelSelector> gatewayNodeSelectors,
        @Field(
                        value =
                                "Whether traffic that leaves the cluster network takes the node's address.",
                        defaultValue = "false")
                @Nullable Boolean natOutgoing,
        @Field("Ordered exceptions to natOutgoing; the first match decides.")
                List<NatOutgoingPolicyRule> natOutgoingPolicyRules,
        @Field(
                        value =
                                "Next hops outside the cluster, one of each family; excludes natOutgoing.",
                        pattern = "^[0-9a-f.:,]*$")
                @Nullable String externalEgressGateway,
        @Field(
                        value = "Priority of the host's ip rule for externalEgressGateway.",
                        min = 0,
                        max = 4294967295L)
                @Nullable Long policyRoutingPriority,
        @Field(
                        value = "Routing table of the host for externalEgressGateway.",
                        min = 0,
                        max = 4294967295L)
                @Nullable Long policyRoutingTableID,
        @Field(
                        value =
                                "MTU of the pods; 0 for automatic, at least 1280 where IPv6 is present.",
                        min = 0,
                        max = 65535)
                @Nullable Long mtu,
        @JsonProperty("private")
                @Field(
                        value = "Closed to other subnets but those of allowSubnets.",
                        defaultValue = "false")
                @Nullable Boolean isPrivate,
        @Field(
                        value = "CIDRs that may talk to a private subnet.",
                        pattern = "^[0-9a-f.:]+(/[0-9]{1,3})?$")
                List<String> allowSubnets,
        @Field("Permits traffic inside the subnet whatever its acls say.")
                @Nullable Boolean allowEWTraffic,
        @Field("Raw OVN rules of the subnet.") List<Acl> acls,
        @Field("Name of the Vlan that makes this an underlay subnet.") @Nullable String vlan,
        @Field(value = "Addresses of virtual ports.", pattern = "^[0-9a-f.:]+$") List<String> vips,
        @Field("Underlay: an OVN router port is the gateway rather than the physical one.")
                @Nullable Boolean logicalGateway,
        @Field("Pods do not wait for the gateway to answer.") @Nullable Boolean disableGatewayCheck,
        @Field("Keeps the subnet out of the routes told to other clusters.")
                @Nullable Boolean disableInterConnection,
        @Field("Whether OVN answers DHCP.") @Nullable Boolean enableDHCP,
        @Field("DHCPv4 options as k=v,k=v.") @Nullable String dhcpV4Options,
        @Field("DHCPv6 options as k=v,k=v.") @Nullable String dhcpV6Options,
        @Field("Whether the router sends IPv6 router advertisements.")
                @Nullable Boolean enableIPv6RA,
        @Field("Router advertisement settings as k=v,k=v.") @Nullable String ipv6RAConfigs,
        @Field("Routes between this underlay subnet and the overlay through the VPC's router.")
                @Nullable Boolean u2oInterconnection,
        @Field(
                        value = "Address of that router port; allocated unless given.",
                        pattern = "^[0-9a-f.:,]*$")
                @Nullable String u2oInterconnectionIP,
        @Field("Further choices about u2oInterconnection.") @Nullable U2oFeatures u2oFeatures,
        @Field("Whether the VPC's load balancers serve this subnet.") @Nullable Boolean enableLb,
        @Field("Centralized gateway: use all ready nodes at once.") @Nullable Boolean enableEcmp,
        @Field("IGMP and MLD snooping with a querier.") @Nullable Boolean enableMulticastSnoop,
        @Field("Addresses of this subnet may be announced for load balancers.")
                @Nullable Boolean enableExternalLBAddress,
        @Field("Route table of the subnet's router port.") @Nullable String routeTable,
        @Field("Name of the node network that carries the tunnels of this subnet's pods.")
                @Nullable String nodeNetwork,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown) {

    /** A spec in which nothing is said. */
    public static final SubnetSpec EMPTY = builder().build();

    public SubnetSpec {
        namespaces = Lists.orEmpty(namespaces);
        namespaceSelectors = Lists.orEmpty(namespaceSelectors);
        excludeIps = Lists.orEmpty(excludeIps);
        gatewayNodeSelectors = Lists.orEmpty(gatewayNodeSelectors);
        natOutgoingPolicyRules = Lists.orEmpty(natOutgoingPolicyRules);
        allowSubnets = Lists.orEmpty(allowSubnets);
        acls = Lists.orEmpty(acls);
        vips = Lists.orEmpty(vips);
        unknown = Lists.orEmpty(unknown);
    }

    /** Starts a spec to create. */
    public static SubnetSpecBuilder builder() {
        return new SubnetSpecBuilder();
    }

    /** An ordered exception to {@code natOutgoing}. */
    @JsonInclude(Include.NON_EMPTY)
    public record NatOutgoingPolicyRule(
            @Field("Which traffic.") @Nullable NatMatch match,
            @Field(
                            value = "nat hides the source, forward keeps it.",
                            allowed = {"nat", "forward"})
                    @Nullable String action) {}

    /** Which traffic a NAT rule is about; comma lists of addresses and CIDRs of one family. */
    @JsonInclude(Include.NON_EMPTY)
    public record NatMatch(
            @Field("Source addresses and CIDRs, separated by commas.") @Nullable String srcIPs,
            @Field("Destination addresses and CIDRs, separated by commas.")
                    @Nullable String dstIPs) {}

    /** A raw OVN rule. */
    @JsonInclude(Include.NON_EMPTY)
    public record Acl(
            @Field(
                            value = "Towards the pod or from it.",
                            allowed = {"to-lport", "from-lport"})
                    @Nullable String direction,
            @Field(value = "The highest matching priority decides.", min = 0, max = 32767)
                    @Nullable Integer priority,
            @Field("An OVN match expression.") @Nullable String match,
            @Field(
                            value = "What is done with matching traffic.",
                            allowed = {
                                "allow-related",
                                "allow-stateless",
                                "allow",
                                "drop",
                                "reject"
                            })
                    @Nullable String action) {}

    /** Choices about underlay to overlay routing. */
    @JsonInclude(Include.NON_EMPTY)
    public record U2oFeatures(
            @Field("Only overlay destinations go through the router.")
                    @Nullable Boolean overlayOnlyRouting) {}
}
