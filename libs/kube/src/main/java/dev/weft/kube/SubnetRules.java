package dev.weft.kube;

import static dev.weft.kube.SubnetDefaults.textOr;

import dev.weft.kube.v1.SubnetSpec;
import dev.weft.net.Cidr;
import dev.weft.net.DualStack;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.IpRange;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of a subnet's spec that need nothing but the spec. */
final class SubnetRules {

    private static final List<Cidr> SPECIAL =
            Stream.of(
                            "0.0.0.0/8",
                            "127.0.0.0/8",
                            "169.254.0.0/16",
                            "224.0.0.0/4",
                            "240.0.0.0/4",
                            "::/127",
                            "::ffff:0:0/96",
                            "fe80::/10",
                            "ff00::/8")
                    .map(Cidr::parse)
                    .toList();

    private static final Set<String> PROTOCOLS = Set.of("", "IPv4", "IPv6", "Dual", "Mac");
    private static final Set<String> DIRECTIONS = Set.of("to-lport", "from-lport");
    private static final Set<String> ACTIONS =
            Set.of("allow-related", "allow-stateless", "allow", "drop", "reject");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern OPTIONS =
            Pattern.compile("\\s*|\\s*[\\w-]+=[^,]*(,\\s*[\\w-]+=[^,]*)*");
    private static final long UINT32 = 0xffff_ffffL;

    private SubnetRules() {}

    static void checkCidr(Cidr cidr, String text) {
        InvalidField.unless(
                cidr.prefixLength() < cidr.family().bits(),
                "cidrBlock",
                text,
                cidr + " is a single address: a longer range is needed");
        SPECIAL.stream()
                .filter(cidr::overlaps)
                .findFirst()
                .ifPresent(
                        special -> {
                            throw new InvalidField(
                                    "cidrBlock",
                                    text,
                                    "%s overlaps the special range %s: must be global unicast"
                                            .formatted(cidr, special));
                        });
    }

    static void check(SubnetSpec spec, ResolvedSubnet subnet) {
        oneOf("protocol", textOr(spec.protocol(), ""), PROTOCOLS);
        for (var i = 0; i < spec.namespaces().size(); i++) {
            var namespace = spec.namespaces().get(i);
            InvalidField.unless(
                    LABEL.matcher(namespace).matches(),
                    "namespaces[%d]".formatted(i),
                    namespace,
                    "must be the name of a namespace");
        }
        checkRouting(spec, subnet);
        InvalidField.list("vips", spec.vips(), IpAddress::parse)
                .forEach(
                        vip ->
                                InvalidField.unless(
                                        subnet.contains(vip),
                                        "vips",
                                        vip.toString(),
                                        "must be inside " + subnet.cidrs()));
        checkUnderlay(spec, subnet);
        checkNatRules(spec);
        checkAcls(spec);
        options("dhcpV4Options", textOr(spec.dhcpV4Options(), ""));
        options("dhcpV6Options", textOr(spec.dhcpV6Options(), ""));
        options("ipv6RAConfigs", textOr(spec.ipv6RAConfigs(), ""));
    }

    private static void checkRouting(SubnetSpec spec, ResolvedSubnet subnet) {
        var egress = textOr(spec.externalEgressGateway(), "");
        if (!egress.isEmpty()) {
            InvalidField.unless(
                    !subnet.natOutgoing(),
                    "externalEgressGateway",
                    egress,
                    "cannot be combined with natOutgoing");
            InvalidField.read("externalEgressGateway", egress, DualStack::parseAddresses).stream()
                    .forEach(
                            hop ->
                                    InvalidField.unless(
                                            subnet.cidrs().get(hop.family()).isPresent(),
                                            "externalEgressGateway",
                                            egress,
                                            "the subnet has no " + hop.family() + " addresses"));
        }
        uint32("policyRoutingPriority", spec.policyRoutingPriority());
        uint32("policyRoutingTableID", spec.policyRoutingTableID());
        for (var entry : textOr(spec.gatewayNode(), "").split(",")) {
            var colon = entry.indexOf(':');
            if (colon >= 0) {
                InvalidField.read(
                        "gatewayNode", entry.substring(colon + 1).strip(), IpAddress::parse);
            }
        }
    }

    private static void checkUnderlay(SubnetSpec spec, ResolvedSubnet subnet) {
        InvalidField.unless(
                !(subnet.logicalGateway() && subnet.u2oInterconnection()),
                "logicalGateway",
                "true",
                "cannot be combined with u2oInterconnection");
        var features = spec.u2oFeatures();
        if (features != null && Boolean.TRUE.equals(features.overlayOnlyRouting())) {
            InvalidField.unless(
                    subnet.u2oInterconnection(),
                    "u2oFeatures.overlayOnlyRouting",
                    "true",
                    "needs vlan and u2oInterconnection");
        }
        var own = textOr(spec.u2oInterconnectionIP(), "");
        if (!own.isEmpty()) {
            InvalidField.read("u2oInterconnectionIP", own, DualStack::parseAddresses).stream()
                    .forEach(
                            address ->
                                    InvalidField.unless(
                                            subnet.contains(address)
                                                    && subnet.gateways().stream()
                                                            .noneMatch(address::equals),
                                            "u2oInterconnectionIP",
                                            own,
                                            "must be inside %s and not the gateway"
                                                    .formatted(subnet.cidrs())));
        }
    }

    private static void checkNatRules(SubnetSpec spec) {
        for (var i = 0; i < spec.natOutgoingPolicyRules().size(); i++) {
            var field = "natOutgoingPolicyRules[%d]".formatted(i);
            var rule = spec.natOutgoingPolicyRules().get(i);
            oneOf(field + ".action", textOr(rule.action(), ""), Set.of("nat", "forward"));
            var match = rule.match();
            if (match != null) {
                var source = families(field + ".match.srcIPs", textOr(match.srcIPs(), ""));
                var target = families(field + ".match.dstIPs", textOr(match.dstIPs(), ""));
                InvalidField.unless(
                        source.isEmpty() || target.isEmpty() || source.equals(target),
                        field + ".match.dstIPs",
                        textOr(match.dstIPs(), ""),
                        "must be of the same family as srcIPs");
            }
        }
    }

    private static Set<Family> families(String field, String text) {
        if (text.isEmpty()) {
            return Set.of();
        }
        var families =
                InvalidField.list(field, List.of(text.split("\\s*,\\s*")), IpRange::parse).stream()
                        .map(IpRange::family)
                        .collect(Collectors.toSet());
        InvalidField.unless(families.size() < 2, field, text, "must be of one family");
        return families;
    }

    private static void checkAcls(SubnetSpec spec) {
        for (var i = 0; i < spec.acls().size(); i++) {
            var field = "acls[%d]".formatted(i);
            var acl = spec.acls().get(i);
            oneOf(field + ".direction", textOr(acl.direction(), ""), DIRECTIONS);
            oneOf(field + ".action", textOr(acl.action(), ""), ACTIONS);
            var priority = acl.priority() == null ? 0 : acl.priority();
            InvalidField.unless(
                    priority >= 0 && priority <= 32767,
                    field + ".priority",
                    Integer.toString(priority),
                    "must be from 0 to 32767");
        }
    }

    private static void oneOf(String field, String value, Set<String> allowed) {
        InvalidField.unless(
                allowed.contains(value),
                field,
                value,
                "must be one of "
                        + allowed.stream()
                                .filter(a -> !a.isEmpty())
                                .sorted()
                                .collect(Collectors.joining(", ")));
    }

    private static void options(String field, String value) {
        InvalidField.unless(
                OPTIONS.matcher(value).matches(), field, value, "must be of the form k=v,k=v");
    }

    private static void uint32(String field, @Nullable Long value) {
        InvalidField.unless(
                value == null || value >= 0 && value <= UINT32,
                field,
                String.valueOf(value),
                "must be from 0 to 4294967295");
    }
}
