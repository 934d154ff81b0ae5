package dev.weft.kube;

import dev.weft.net.Cidr;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was decided for an interface of a pod or for a node, as its annotations tell: written by
 * IPAM, read by the node daemon and when the ledger is rebuilt.
 */
public record Allocation(
        DualStack<IpAddress> addresses,
        MacAddress mac,
        DualStack<Cidr> cidrs,
        DualStack<IpAddress> gateways,
        String subnet,
        String vpc) {

    /**
     * The annotations that say so, for the interface of {@code provider}; {@code allocated} is the
     * last.
     */
    public Map<String, String> annotations(String provider) {
        var annotations = new LinkedHashMap<String, String>();
        annotations.put(Annotations.of(provider, Annotations.IP_ADDRESS), addresses.toString());
        annotations.put(Annotations.of(provider, Annotations.MAC_ADDRESS), mac.toString());
        annotations.put(Annotations.of(provider, Annotations.CIDR), cidrs.toString());
        annotations.put(Annotations.of(provider, Annotations.GATEWAY), gateways.toString());
        annotations.put(Annotations.of(provider, Annotations.LOGICAL_SWITCH), subnet);
        annotations.put(Annotations.of(provider, Annotations.LOGICAL_ROUTER), vpc);
        annotations.put(Annotations.of(provider, Annotations.ALLOCATED), "true");
        return annotations;
    }

    /**
     * What the annotations of {@code provider}'s interface say; empty while {@code allocated} is
     * not {@code true}.
     */
    public static Optional<Parsed<Allocation>> parse(
            Map<String, String> annotations, String provider) {
        if (!"true".equals(annotations.get(Annotations.of(provider, Annotations.ALLOCATED)))) {
            return Optional.empty();
        }
        var reader = new AnnotationReader(annotations, provider);
        var addresses = reader.read(Annotations.IP_ADDRESS, "addresses", DualStack::parseAddresses);
        var mac = reader.read(Annotations.MAC_ADDRESS, "a MAC address", MacAddress::parse);
        var cidrs = reader.read(Annotations.CIDR, "CIDRs", DualStack::parseCidrs);
        var gateways = reader.read(Annotations.GATEWAY, "addresses", DualStack::parseAddresses);
        var subnet = reader.name(Annotations.LOGICAL_SWITCH, "a Subnet");
        var router = reader.name(Annotations.LOGICAL_ROUTER, "a Vpc");
        for (var key :
                new String[] {
                    Annotations.IP_ADDRESS,
                    Annotations.MAC_ADDRESS,
                    Annotations.CIDR,
                    Annotations.GATEWAY,
                    Annotations.LOGICAL_SWITCH
                }) {
            if (reader.text(key).isEmpty()) {
                reader.errors()
                        .add(
                                new AnnotationError(
                                        Annotations.of(provider, key),
                                        "",
                                        "present when allocated is \"true\""));
            }
        }
        if (!reader.errors().isEmpty()) {
            return Optional.of(new Parsed.Refused<>(reader.errors()));
        }
        return Optional.of(
                new Parsed.Valid<>(
                        new Allocation(
                                addresses.orElseThrow(),
                                mac.orElseThrow(),
                                cidrs.orElseThrow(),
                                gateways.orElseThrow(),
                                subnet.orElseThrow(),
                                router.orElse(Names.DEFAULT_VPC))));
    }
}
