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

/** What the fabric says about a subnet. Counters are whole numbers that may exceed 2^63. */
@JsonInclude(Include.NON_EMPTY)
public record SubnetStatus(
        @Field("IPv4 addresses that can still be handed out.") @Nullable BigInteger v4availableIPs,
        @Field("The same, as ranges a..b separated by commas.") @Nullable String v4availableIPrange,
        @Field("IPv4 addresses in use.") @Nullable BigInteger v4usingIPs,
        @Field("The same, as ranges a..b separated by commas.") @Nullable String v4usingIPrange,
        @Field("IPv6 addresses that can still be handed out.") @Nullable BigInteger v6availableIPs,
        @Field("The same, as ranges a..b separated by commas.") @Nullable String v6availableIPrange,
        @Field("IPv6 addresses in use.") @Nullable BigInteger v6usingIPs,
        @Field("The same, as ranges a..b separated by commas.") @Nullable String v6usingIPrange,
        @Field("Active gateway node, or nodes separated by commas.")
                @Nullable String activateGateway,
        @Field("Row of the DHCPv4 options.") @Nullable String dhcpV4OptionsUUID,
        @Field("Row of the DHCPv6 options.") @Nullable String dhcpV6OptionsUUID,
        @Field("Address of the underlay to overlay router port.")
                @Nullable String u2oInterconnectionIP,
        @Field("MAC of the underlay to overlay router port.")
                @Nullable String u2oInterconnectionMAC,
        @Field("VPC of the underlay to overlay router port.")
                @Nullable String u2oInterconnectionVPC,
        @Field("The NAT rules in force, each with its id.")
                List<NatOutgoingPolicyRuleStatus> natOutgoingPolicyRules,
        @Field("Address of the multicast querier.") @Nullable String mcastQuerierIP,
        @Field("MAC of the multicast querier.") @Nullable String mcastQuerierMAC,
        @Field("How far the spec is in force.") List<Condition> conditions,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown) {

    /** A status in which nothing is said. */
    public static final SubnetStatus EMPTY =
            new SubnetStatus(
                    null, null, null, null, null, null, null, null, null, null, null, null, null,
                    null, List.of(), null, null, List.of(), Map.of());

    public SubnetStatus {
        natOutgoingPolicyRules = Lists.orEmpty(natOutgoingPolicyRules);
        conditions = Lists.orEmpty(conditions);
        unknown = Lists.orEmpty(unknown);
    }

    /** The same status with other conditions. */
    public SubnetStatus withConditions(List<Condition> others) {
        return new SubnetStatus(
                v4availableIPs,
                v4availableIPrange,
                v4usingIPs,
                v4usingIPrange,
                v6availableIPs,
                v6availableIPrange,
                v6usingIPs,
                v6usingIPrange,
                activateGateway,
                dhcpV4OptionsUUID,
                dhcpV6OptionsUUID,
                u2oInterconnectionIP,
                u2oInterconnectionMAC,
                u2oInterconnectionVPC,
                natOutgoingPolicyRules,
                mcastQuerierIP,
                mcastQuerierMAC,
                others,
                unknown);
    }

    /** The same status with the figures of one family's addresses. */
    public SubnetStatus withV4(
            BigInteger available, String availableRange, BigInteger used, String usedRange) {
        return new SubnetStatus(
                available,
                availableRange,
                used,
                usedRange,
                v6availableIPs,
                v6availableIPrange,
                v6usingIPs,
                v6usingIPrange,
                activateGateway,
                dhcpV4OptionsUUID,
                dhcpV6OptionsUUID,
                u2oInterconnectionIP,
                u2oInterconnectionMAC,
                u2oInterconnectionVPC,
                natOutgoingPolicyRules,
                mcastQuerierIP,
                mcastQuerierMAC,
                conditions,
                unknown);
    }

    /** The same status with the figures of the other family's addresses. */
    public SubnetStatus withV6(
            BigInteger available, String availableRange, BigInteger used, String usedRange) {
        return new SubnetStatus(
                v4availableIPs,
                v4availableIPrange,
                v4usingIPs,
                v4usingIPrange,
                available,
                availableRange,
                used,
                usedRange,
                activateGateway,
                dhcpV4OptionsUUID,
                dhcpV6OptionsUUID,
                u2oInterconnectionIP,
                u2oInterconnectionMAC,
                u2oInterconnectionVPC,
                natOutgoingPolicyRules,
                mcastQuerierIP,
                mcastQuerierMAC,
                conditions,
                unknown);
    }

    /** A NAT rule of the spec with the id that the node's rules carry. */
    @JsonInclude(Include.NON_EMPTY)
    public record NatOutgoingPolicyRuleStatus(
            @Field("Twelve characters that identify the rule.") @Nullable String ruleID,
            @Field("Which traffic.") SubnetSpec.@Nullable NatMatch match,
            @Field("nat or forward.") @Nullable String action) {}
}
