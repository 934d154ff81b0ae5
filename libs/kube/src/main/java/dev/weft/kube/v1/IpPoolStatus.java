package dev.weft.kube.v1;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.weft.kube.crd.Field;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the fabric says about a pool. Counters are whole numbers that may exceed 2^63. */
@JsonInclude(Include.NON_EMPTY)
public record IpPoolStatus(
        @Field("IPv4 addresses that can still be handed out.") @Nullable BigInteger v4AvailableIPs,
        @Field("The same, as ranges a..b separated by commas.") @Nullable String v4AvailableIPRange,
        @Field("IPv4 addresses in use.") @Nullable BigInteger v4UsingIPs,
        @Field("The same, as ranges a..b separated by commas.") @Nullable String v4UsingIPRange,
        @Field("IPv6 addresses that can still be handed out.") @Nullable BigInteger v6AvailableIPs,
        @Field("The same, as ranges a..b separated by commas.") @Nullable String v6AvailableIPRange,
        @Field("IPv6 addresses in use.") @Nullable BigInteger v6UsingIPs,
        @Field("The same, as ranges a..b separated by commas.") @Nullable String v6UsingIPRange,
        @Field("How far the spec is in force.") List<Condition> conditions,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown) {

    /** A status in which nothing is said. */
    public static final IpPoolStatus EMPTY =
            new IpPoolStatus(null, null, null, null, null, null, null, null, List.of(), Map.of());

    public IpPoolStatus {
        conditions = Lists.orEmpty(conditions);
        unknown = Lists.orEmpty(unknown);
    }
}
