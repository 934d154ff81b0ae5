package dev.weft.ipam.kube;

import dev.weft.ipam.pool.Usage;
import dev.weft.kube.SubnetResolution;
import dev.weft.kube.SubnetResolution.Invalid;
import dev.weft.kube.SubnetResolution.Valid;
import dev.weft.kube.v1.Condition;
import dev.weft.kube.v1.Conditions;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetStatus;
import dev.weft.net.Family;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a subnet's status should say. A pure function of the subnet, what became of its spec, and
 * its usage.
 */
final class SubnetReport {

    private final Conditions conditions;

    SubnetReport(Conditions conditions) {
        this.conditions = conditions;
    }

    /** The status as it should read; equal to the present one when there is nothing to say. */
    SubnetStatus of(Subnet subnet, SubnetResolution resolution, Map<Family, Usage> usage) {
        var present = Objects.requireNonNullElse(subnet.getStatus(), SubnetStatus.EMPTY);
        var v4 = figures(usage, Family.IPV4);
        var v6 = figures(usage, Family.IPV6);
        return present.withV4(v4.available, v4.availableRange, v4.used, v4.usedRange)
                .withV6(v6.available, v6.availableRange, v6.used, v6.usedRange)
                .withConditions(conditions(subnet, present, resolution));
    }

    private List<Condition> conditions(
            Subnet subnet, SubnetStatus present, SubnetResolution resolution) {
        long generation = Objects.requireNonNullElse(subnet.getMetadata().getGeneration(), 0L);
        var before = present.conditions();
        return switch (resolution) {
            case Valid _ -> {
                var validated =
                        conditions.with(
                                before,
                                Condition.VALIDATED,
                                true,
                                "ValidateLogicalSwitchSuccess",
                                "",
                                generation);
                yield conditions.with(
                        validated,
                        Condition.READY,
                        true,
                        "ValidateLogicalSwitchSuccess",
                        "",
                        generation);
            }
            case Invalid invalid -> {
                var validated =
                        conditions.with(
                                before,
                                Condition.VALIDATED,
                                false,
                                "ValidateLogicalSwitchFailed",
                                invalid.toString(),
                                generation);
                yield conditions.with(
                        validated,
                        Condition.READY,
                        false,
                        "ValidateLogicalSwitchFailed",
                        invalid.toString(),
                        generation);
            }
        };
    }

    private record Figures(
            BigInteger available, String availableRange, BigInteger used, String usedRange) {}

    private static Figures figures(Map<Family, Usage> usage, Family family) {
        var figures = usage.get(family);
        return figures == null
                ? new Figures(BigInteger.ZERO, "", BigInteger.ZERO, "")
                : new Figures(
                        figures.available(),
                        figures.availableRanges().toString(),
                        figures.used(),
                        figures.usedRanges().toString());
    }
}
