package dev.weft.kube.v1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.weft.kube.crd.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which addresses. Absent and {@code null} are the same; lists are never {@code null}.
 */
@JsonInclude(Include.NON_EMPTY)
public record IpSpec(
        @Field("The pod, or the node, that holds the addresses.") @Nullable String podName,
        @Field("The pod's namespace; empty for a node.") @Nullable String namespace,
        @Field(
                        value = "What keeps the address when the pod goes.",
                        allowed = {"", "StatefulSet", "VirtualMachine"})
                @Nullable String podType,
        @Field("The subnet of the addresses.") @Nullable String subnet,
        @Field("The node that the interface is on.") @Nullable String nodeName,
        @Field(
                        value = "Both families, IPv4 first, separated by a comma.",
                        pattern = "^[0-9a-f.:,]*$")
                @Nullable String ipAddress,
        @Field(value = "The IPv4 address.", pattern = "^[0-9.]*$") @Nullable String v4IpAddress,
        @Field(value = "The IPv6 address.", pattern = "^[0-9a-f.:]*$") @Nullable String v6IpAddress,
        @Field(value = "The MAC address.", pattern = "^([0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5})?$")
                @Nullable String macAddress,
        @Field("The container that the interface is of.") @Nullable String containerID,
        @Field("Further addresses; legacy.") List<String> attachIps,
        @Field("Further MAC addresses; legacy.") List<String> attachMacs,
        @Field("Further subnets; legacy.") List<String> attachSubnets,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown) {

    /** A spec in which nothing is said. */
    public static final IpSpec EMPTY =
            new IpSpec(
                    null, null, null, null, null, null, null, null, null, null, List.of(),
                    List.of(), List.of(), Map.of());

    public IpSpec {
        attachIps = Lists.orEmpty(attachIps);
        attachMacs = Lists.orEmpty(attachMacs);
        attachSubnets = Lists.orEmpty(attachSubnets);
        unknown = Lists.orEmpty(unknown);
    }

    /**
     * The entry of a live interface.
     *
     * @param addresses both families, IPv4 first, separated by a comma
     */
    public static IpSpec held(
            String podName,
            String namespace,
            String podType,
            String subnet,
            @Nullable String nodeName,
            String addresses,
            @Nullable String v4,
            @Nullable String v6,
            @Nullable String mac) {
        return new IpSpec(
                podName, namespace, podType, subnet, nodeName, addresses, v4, v6, mac, null,
                List.of(), List.of(), List.of(), Map.of());
    }
}
