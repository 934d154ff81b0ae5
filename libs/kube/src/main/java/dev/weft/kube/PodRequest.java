package dev.weft.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.net.Cidr;
import dev.weft.net.DualStack;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pod asks for one of its interfaces, by annotations. What is not said is {@code null} or
 * empty; whether it can be granted is for those who know the subnets.
 *
 * @param subnet the subnet to attach to
 * @param addresses fixed addresses
 * @param family the one family to take of a dual-stack subnet
 * @param mac a fixed MAC
 * @param pool where to take the addresses from
 * @param vip the Vip whose address becomes the pod's
 * @param allowedPairs Vips that the port may answer for
 * @param portVips further addresses that the port may answer for
 * @param portSecurity whether only its own addresses may be sent from; {@code null} for the
 *     fabric's default
 * @param layer2Forward whether the port takes frames for MACs that it does not own
 * @param bgp from where the address is announced
 */
public record PodRequest(
        @Nullable String subnet,
        @Nullable DualStack<IpAddress> addresses,
        @Nullable Family family,
        @Nullable MacAddress mac,
        @Nullable PoolRequest pool,
        @Nullable String vip,
        List<String> allowedPairs,
        List<IpAddress> portVips,
        @Nullable Boolean portSecurity,
        boolean layer2Forward,
        List<String> securityGroups,
        Shaping shaping,
        boolean mirror,
        List<Route> routes,
        @Nullable Boolean defaultRoute,
        @Nullable IpAddress northGateway,
        @Nullable IpAddress eip,
        @Nullable IpAddress snat,
        @Nullable NicType nicType,
        boolean startsInactive,
        Map<String, String> dhcpV4Options,
        Map<String, String> dhcpV6Options,
        @Nullable Announcement bgp) {

    private static final String ADDRESS =
            "an IPv4 address, an IPv6 address, or both separated by a comma";
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /** From where a pod's address is announced. */
    public enum Announcement {
        /** From every speaker. */
        CLUSTER,
        /** From the node that holds the pod. */
        LOCAL
    }

    /** How the pod is plugged in. */
    public enum NicType {
        VETH_PAIR,
        OFFLOAD_PORT,
        DPDK_PORT
    }

    /** A route inside the pod. */
    public record Route(Cidr destination, IpAddress gateway) {}

    /** What the primary interface is asked for. */
    public static Parsed<PodRequest> parse(Map<String, String> annotations) {
        return parse(annotations, Names.PRIMARY_PROVIDER);
    }

    /** What the interface of {@code provider} is asked for. */
    public static Parsed<PodRequest> parse(Map<String, String> annotations, String provider) {
        var reader = new AnnotationReader(annotations, provider);
        var request =
                new PodRequest(
                        reader.name(Annotations.LOGICAL_SWITCH, "a Subnet").orElse(null),
                        reader.read(Annotations.IP_ADDRESS, ADDRESS, DualStack::parseAddresses)
                                .orElse(null),
                        reader.read(
                                        Annotations.IP_FAMILY,
                                        "\"ipv4\" or \"ipv6\"",
                                        PodRequest::family)
                                .orElse(null),
                        reader.read(
                                        Annotations.MAC_ADDRESS,
                                        "a unicast MAC address such as 0a:00:00:00:00:01",
                                        PodRequest::mac)
                                .orElse(null),
                        reader.read(Annotations.IP_POOL, PoolRequest.ALLOWED, PoolRequest::parse)
                                .orElse(null),
                        reader.name(Annotations.VIP, "a Vip").orElse(null),
                        reader.names(Annotations.AAPS, "Vips"),
                        reader.read(
                                        Annotations.PORT_VIPS,
                                        "addresses separated by commas",
                                        PodRequest::addressList)
                                .orElse(List.of()),
                        reader.flag(Annotations.PORT_SECURITY).orElse(null),
                        reader.flag(Annotations.LAYER2_FORWARD).orElse(false),
                        reader.names(Annotations.SECURITY_GROUPS, "SecurityGroups"),
                        Shaping.read(reader),
                        reader.flag(Annotations.MIRROR).orElse(false),
                        reader.read(
                                        Annotations.ROUTES,
                                        "a JSON list such as [{\"dst\":\"10.0.0.0/8\",\"gw\":\"10.16.0.1\"}]",
                                        PodRequest::routes)
                                .orElse(List.of()),
                        reader.flag(Annotations.DEFAULT_ROUTE).orElse(null),
                        reader.read(Annotations.NORTH_GATEWAY, "an address", IpAddress::parse)
                                .orElse(null),
                        reader.read(Annotations.EIP, "an IPv4 address", PodRequest::v4)
                                .orElse(null),
                        reader.read(Annotations.SNAT, "an IPv4 address", PodRequest::v4)
                                .orElse(null),
                        reader.read(
                                        Annotations.POD_NIC_TYPE,
                                        "\"veth-pair\", \"offload-port\" or \"dpdk-port\"",
                                        PodRequest::nicType)
                                .orElse(null),
                        reader.text(Annotations.ACTIVATION_STRATEGY).isPresent(),
                        reader.options(Annotations.DHCP_V4_OPTIONS),
                        reader.options(Annotations.DHCP_V6_OPTIONS),
                        reader.read(
                                        Annotations.BGP,
                                        "\"true\", \"cluster\" or \"local\"",
                                        PodRequest::announcement)
                                .orElse(null));
        return reader.errors().isEmpty()
                ? new Parsed.Valid<>(request)
                : new Parsed.Refused<>(reader.errors());
    }

    private static Family family(String text) {
        return switch (text) {
            case "ipv4" -> Family.IPV4;
            case "ipv6" -> Family.IPV6;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static MacAddress mac(String text) {
        var mac = MacAddress.parse(text);
        if (!mac.isUnicast() || mac.value() == 0) {
            throw new IllegalArgumentException(text);
        }
        return mac;
    }

    private static IpAddress v4(String text) {
        var address = IpAddress.parse(text);
        if (address.family() != Family.IPV4) {
            throw new IllegalArgumentException(text);
        }
        return address;
    }

    private static List<IpAddress> addressList(String text) {
        return Stream.of(text.split(",")).map(String::strip).map(IpAddress::parse).toList();
    }

    private static NicType nicType(String text) {
        return switch (text) {
            case "veth-pair" -> NicType.VETH_PAIR;
            case "offload-port" -> NicType.OFFLOAD_PORT;
            case "dpdk-port" -> NicType.DPDK_PORT;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Announcement announcement(String text) {
        return switch (text) {
            case "true", "cluster" -> Announcement.CLUSTER;
            case "local" -> Announcement.LOCAL;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private record RouteText(String dst, String gw) {}

    private static List<Route> routes(String json) {
        try {
            return JSON.readValue(json, new TypeReference<List<RouteText>>() {}).stream()
                    .map(text -> route(text.dst(), text.gw()))
                    .toList();
        } catch (JsonProcessingException | NullPointerException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static Route route(String destination, String gateway) {
        var route = new Route(Cidr.parse(destination), IpAddress.parse(gateway));
        if (route.destination().family() != route.gateway().family()) {
            throw new IllegalArgumentException(destination);
        }
        return route;
    }
}
