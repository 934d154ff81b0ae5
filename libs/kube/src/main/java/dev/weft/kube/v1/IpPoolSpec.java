package dev.weft.kube.v1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.weft.kube.crd.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user wants of a pool, as written. Lists are never {@code null}. */
@JsonInclude(Include.NON_EMPTY)
public record IpPoolSpec(
        @Field(value = "The subnet whose addresses these are; cannot be changed.", required = true)
                @Nullable String subnet,
        @Field(
                        value = "Addresses, CIDRs and ranges a..b.",
                        pattern = "^[0-9a-f.:]+((/[0-9]{1,3})|(\\.\\.[0-9a-f.:]+))?$",
                        required = true)
                List<String> ips,
        @Field(
                        value = "Namespaces whose pods take their addresses from here.",
                        pattern = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
                List<String> namespaces,
        @Field("Whether the addresses are published as an OVN address set of the pool's name.")
                @Nullable Boolean enableAddressSet,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown) {

    /** A spec in which nothing is said. */
    public static final IpPoolSpec EMPTY =
            new IpPoolSpec(null, List.of(), List.of(), null, Map.of());

    public IpPoolSpec {
        ips = Lists.orEmpty(ips);
        namespaces = Lists.orEmpty(namespaces);
        unknown = Lists.orEmpty(unknown);
    }

    /** A pool for those who name it. */
    public static IpPoolSpec of(String subnet, List<String> ips, List<String> namespaces) {
        return new IpPoolSpec(subnet, ips, namespaces, null, Map.of());
    }
}
