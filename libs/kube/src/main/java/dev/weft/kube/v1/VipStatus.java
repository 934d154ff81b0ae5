package dev.weft.kube.v1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.weft.kube.crd.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the fabric says about a Vip. */
@JsonInclude(Include.NON_EMPTY)
public record VipStatus(
        @Field("The IPv4 address.") @Nullable String v4ip,
        @Field("The IPv6 address.") @Nullable String v6ip,
        @Field("The MAC address.") @Nullable String mac,
        @Field("What it is for.") @Nullable String type,
        @Field("Labels k:v of the pods that may use it.") List<String> selector,
        @Field("How far the spec is in force.") List<Condition> conditions,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown) {

    /** A status in which nothing is said. */
    public static final VipStatus EMPTY =
            new VipStatus(null, null, null, null, List.of(), List.of(), Map.of());

    public VipStatus {
        selector = Lists.orEmpty(selector);
        conditions = Lists.orEmpty(conditions);
        unknown = Lists.orEmpty(unknown);
    }
}
