package dev.weft.kube;

import dev.weft.kube.ResolvedSubnet.GatewayType;
import dev.weft.kube.SubnetResolution.Valid;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.net.Cidr;
import dev.weft.net.DualStack;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.IpRange;
import dev.weft.net.IpRangeSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns the spec of a subnet into one with every default filled in, or names the field that is
 * wrong. A pure function, the same for every service: what IPAM hands out of is what the switch is
 * made of.
 */
public final class SubnetDefaults {

    private SubnetDefaults() {}

    /** The subnet as it is served, or the first field that keeps it from being served. */
    public static SubnetResolution resolve(SubnetSpec spec, String name) {
        try {
            return new Valid(resolved(spec, name));
        } catch (InvalidField e) {
            return e.invalid();
        }
    }

    /**
     * The fields whose value in the spec differs from what is served, by name, as a JSON merge
     * patch of {@code spec}: what the controller writes back so that users see what they got.
     */
    public static Map<String, Object> patch(SubnetSpec spec, ResolvedSubnet subnet) {
        var patch = new LinkedHashMap<String, Object>();
        put(patch, "vpc", spec.vpc(), subnet.vpc());
        put(patch, "provider", spec.provider(), subnet.provider());
        put(patch, "protocol", spec.protocol(), subnet.protocol());
        put(patch, "cidrBlock", spec.cidrBlock(), subnet.cidrs().toString());
        put(patch, "gateway", spec.gateway(), subnet.gateways().toString());
        put(patch, "gatewayType", spec.gatewayType(), subnet.gatewayType().text());
        var excluded = subnet.excluded().ranges().stream().map(IpRange::toString).toList();
        if (!excluded.equals(spec.excludeIps())) {
            patch.put("excludeIps", excluded);
        }
        if (Boolean.TRUE.equals(spec.isDefault()) != subnet.isDefault()) {
            patch.put("default", subnet.isDefault());
        }
        return patch;
    }

    private static void put(
            Map<String, Object> patch, String field, @Nullable String is, String shall) {
        if (!Objects.requireNonNullElse(is, "").equals(shall)) {
            patch.put(field, shall);
        }
    }

    static boolean isOvn(String provider) {
        return provider.equals(Names.PRIMARY_PROVIDER)
                || provider.endsWith("." + Names.PRIMARY_PROVIDER);
    }

    private static ResolvedSubnet resolved(SubnetSpec spec, String name) {
        var provider = textOr(spec.provider(), Names.PRIMARY_PROVIDER);
        var vpc = textOr(spec.vpc(), isOvn(provider) ? Names.DEFAULT_VPC : "");
        InvalidField.unless(
                !name.equals(vpc), "vpc", vpc, "a subnet and its VPC may not share a name");
        var cidrs = cidrs(spec);
        var gateways = gateways(textOr(spec.gateway(), ""), cidrs);
        var subnet =
                new ResolvedSubnet(
                        name,
                        vpc,
                        provider,
                        cidrs,
                        gateways,
                        excluded(spec.excludeIps(), cidrs, gateways),
                        spec.namespaces(),
                        spec.namespaceSelectors(),
                        name.equals(Names.DEFAULT_SUBNET),
                        Boolean.TRUE.equals(spec.isPrivate()),
                        InvalidField.list("allowSubnets", spec.allowSubnets(), Cidr::parse),
                        gatewayType(spec, vpc),
                        Boolean.TRUE.equals(spec.natOutgoing()),
                        mtu(spec, cidrs),
                        spec.vlan() == null || spec.vlan().isEmpty() ? null : spec.vlan(),
                        Boolean.TRUE.equals(spec.logicalGateway()),
                        spec.vlan() != null
                                && !spec.vlan().isEmpty()
                                && Boolean.TRUE.equals(spec.u2oInterconnection()),
                        Boolean.TRUE.equals(spec.disableGatewayCheck()));
        SubnetRules.check(spec, subnet);
        return subnet;
    }

    private static DualStack<Cidr> cidrs(SubnetSpec spec) {
        var text = textOr(spec.cidrBlock(), "");
        if (text.isEmpty() && !textOr(spec.vlan(), "").isEmpty()) {
            throw new InvalidField(
                    "cidrBlock", "", "subnets without addresses (protocol Mac) are not served yet");
        }
        InvalidField.unless(
                !text.isEmpty(),
                "cidrBlock",
                "",
                "one CIDR or \"<IPv4 CIDR>,<IPv6 CIDR>\" is required");
        InvalidField.unless(
                text.chars().noneMatch(c -> c >= 'A' && c <= 'F'),
                "cidrBlock",
                text,
                "IPv6 must be in lower case");
        var cidrs = InvalidField.read("cidrBlock", text, DualStack::parseCidrs);
        cidrs.stream().forEach(cidr -> SubnetRules.checkCidr(cidr, text));
        return cidrs;
    }

    private static DualStack<IpAddress> gateways(String text, DualStack<Cidr> cidrs) {
        var given =
                text.isEmpty()
                        ? null
                        : InvalidField.read("gateway", text, DualStack::parseAddresses);
        if (given != null) {
            given.stream()
                    .forEach(
                            gateway -> {
                                var cidr =
                                        cidrs.get(gateway.family())
                                                .orElseThrow(
                                                        () ->
                                                                new InvalidField(
                                                                        "gateway",
                                                                        text,
                                                                        "the subnet has no "
                                                                                + gateway.family()
                                                                                + " addresses"));
                                InvalidField.unless(
                                        cidr.contains(gateway),
                                        "gateway",
                                        text,
                                        "must be inside " + cidr);
                                InvalidField.unless(
                                        cidr.hosts().contains(gateway),
                                        "gateway",
                                        text,
                                        "must not be the network or broadcast address of " + cidr);
                            });
        }
        return cidrs.map(
                cidr ->
                        given == null
                                ? cidr.hosts().first()
                                : given.get(cidr.family()).orElseGet(() -> cidr.hosts().first()));
    }

    private static IpRangeSet excluded(
            List<String> texts, DualStack<Cidr> cidrs, DualStack<IpAddress> gateways) {
        var ranges =
                new ArrayList<>(
                        InvalidField.list(
                                "excludeIps",
                                texts,
                                text -> {
                                    if (text.contains("/")) {
                                        throw new IllegalArgumentException(
                                                "must be an address or a range a..b");
                                    }
                                    return IpRange.parse(text);
                                }));
        gateways.stream().map(IpRange::of).forEach(ranges::add);
        var inside = IpRangeSet.of(cidrs.stream().map(Cidr::range).toList());
        return IpRangeSet.of(ranges).intersect(inside);
    }

    private static GatewayType gatewayType(SubnetSpec spec, String vpc) {
        return switch (textOr(spec.gatewayType(), "")) {
            case "distributed" -> GatewayType.DISTRIBUTED;
            case "centralized" -> GatewayType.CENTRALIZED;
            case "" -> vpc.equals(Names.DEFAULT_VPC) ? GatewayType.DISTRIBUTED : GatewayType.NONE;
            case String other ->
                    throw new InvalidField(
                            "gatewayType", other, "must be \"distributed\" or \"centralized\"");
        };
    }

    private static int mtu(SubnetSpec spec, DualStack<Cidr> cidrs) {
        var mtu = spec.mtu() == null ? 0 : spec.mtu();
        var least = cidrs.get(Family.IPV6).isPresent() ? 1280 : 68;
        InvalidField.unless(
                mtu == 0 || mtu >= least && mtu <= 65535,
                "mtu",
                Long.toString(mtu),
                "must be 0 (automatic) or from %d to 65535".formatted(least));
        return (int) mtu;
    }

    static String textOr(@Nullable String text, String otherwise) {
        return text == null || text.isBlank() ? otherwise : text.strip();
    }
}
