package dev.weft.kube.v1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.weft.kube.crd.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user wants of a Vip, as written. Lists are never {@code null}. */
@JsonInclude(Include.NON_EMPTY)
public record VipSpec(
        @Field("The namespace of the pods that may use it.") @Nullable String namespace,
        @Field("The subnet of the address.") @Nullable String subnet,
        @Field(
                        value = "What it is for: empty for an address that several ports share.",
                        allowed = {"", "switch_lb_vip", "kube_host_vm_vip"})
                @Nullable String type,
        @Field(value = "The IPv4 address; any unless given.", pattern = "^[0-9.]*$")
                @Nullable String v4ip,
        @Field(value = "The IPv6 address; any unless given.", pattern = "^[0-9a-f.:]*$")
                @Nullable String v6ip,
        @Field(
                        value = "The MAC address; any unless given.",
                        pattern = "^([0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5})?$")
                @Nullable String macAddress,
        @Field("Labels k:v of the pods that may use it.") List<String> selector,
        @Field("Further subnets; legacy.") List<String> attachSubnets,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown) {

    /** A spec in which nothing is said. */
    public static final VipSpec EMPTY =
            new VipSpec(null, null, null, null, null, null, List.of(), List.of(), Map.of());

    public VipSpec {
        selector = Lists.orEmpty(selector);
        attachSubnets = Lists.orEmpty(attachSubnets);
        unknown = Lists.orEmpty(unknown);
    }

    /** An address of a subnet that the pods with these labels share. */
    public static VipSpec shared(String namespace, String subnet, List<String> selector) {
        return new VipSpec(namespace, subnet, "", null, null, null, selector, List.of(), Map.of());
    }
}
