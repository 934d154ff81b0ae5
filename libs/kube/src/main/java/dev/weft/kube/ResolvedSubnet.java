package dev.weft.kube;

import dev.weft.net.Cidr;
import dev.weft.net.DualStack;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.IpRangeSet;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subnet with every default filled in and every rule of its own spec kept. Made by {@link
 * SubnetDefaults#resolve}; whether it gets along with other subnets is for {@link SubnetCatalog}.
 *
 * @param vpc the VPC; empty when the provider is not OVN
 * @param provider {@code ovn}, {@code <nad>.<namespace>.ovn}, or another for address management
 *     only
 * @param cidrs normalised to their network addresses
 * @param gateways one for each CIDR
 * @param excluded addresses never handed out unasked, the gateways among them; only such that are
 *     in the CIDRs
 * @param mtu of the pods; 0 for automatic
 * @param vlan name of the Vlan of an underlay subnet
 */
public record ResolvedSubnet(
        String name,
        String vpc,
        String provider,
        DualStack<Cidr> cidrs,
        DualStack<IpAddress> gateways,
        IpRangeSet excluded,
        List<String> namespaces,
        List<LabelSelector> namespaceSelectors,
        boolean isDefault,
        boolean isPrivate,
        List<Cidr> allowSubnets,
        GatewayType gatewayType,
        boolean natOutgoing,
        int mtu,
        @Nullable String vlan,
        boolean logicalGateway,
        boolean u2oInterconnection,
        boolean disableGatewayCheck) {

    /** Where traffic leaves the cluster. */
    public enum GatewayType {
        /** On the node of each pod. */
        DISTRIBUTED("distributed"),
        /** On chosen nodes. */
        CENTRALIZED("centralized"),
        /** Nowhere: a subnet outside the default VPC. */
        NONE("");

        private final String text;

        GatewayType(String text) {
            this.text = text;
        }

        /** As the spec has it. */
        public String text() {
            return text;
        }
    }

    /** {@code IPv4}, {@code IPv6} or {@code Dual}. */
    public String protocol() {
        if (cidrs.isDual()) {
            return "Dual";
        }
        return cidrs.v4() != null ? "IPv4" : "IPv6";
    }

    /** Whether OVN forwards its traffic; otherwise only addresses are managed. */
    public boolean isOvn() {
        return SubnetDefaults.isOvn(provider);
    }

    /** Whether its packets travel in tunnels between nodes. */
    public boolean isOverlay() {
        return isOvn() && vlan == null;
    }

    /** Whether it is of the VPC that nodes are connected to. */
    public boolean isInDefaultVpc() {
        return vpc.equals(Names.DEFAULT_VPC);
    }

    /** Whether its switch is connected to the VPC's router. */
    public boolean hasRouterPort() {
        return isOvn() && (vlan == null || logicalGateway || u2oInterconnection);
    }

    /** Whether the address lies in the subnet's CIDR of that family. */
    public boolean contains(IpAddress address) {
        return cidrs.get(address.family()).filter(c -> c.contains(address)).isPresent();
    }

    /** Whether a port of that VPC with these addresses may be in it: each inside and no gateway. */
    public boolean suits(String itsVpc, DualStack<IpAddress> addresses) {
        return itsVpc.equals(vpc)
                && addresses.stream()
                        .allMatch(
                                address ->
                                        contains(address)
                                                && gateways.stream().noneMatch(address::equals));
    }

    /** Gateway and prefix length as a router port carries them: {@code 10.16.0.1/16}. */
    public DualStack<String> routerNetworks() {
        var v4 = network(Family.IPV4);
        var v6 = network(Family.IPV6);
        return new DualStack<>(v4, v6);
    }

    private @Nullable String network(Family family) {
        return cidrs.get(family)
                .flatMap(
                        cidr ->
                                gateways.get(family)
                                        .map(gateway -> gateway + "/" + cidr.prefixLength()))
                .orElse(null);
    }
}
