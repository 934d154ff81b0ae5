package dev.weft.ipam.kube;

import dev.weft.bus.Outcome;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.kube.KubeApi.Written;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.kube.v1.Condition;
import dev.weft.kube.v1.Conditions;
import dev.weft.kube.v1.Vip;
import dev.weft.kube.v1.VipStatus;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes into Vips what address they have. While a pod has it as its own the status stays as it is,
 * so that the Vip gets it back afterwards.
 */
public final class VipWriter {

    private final KubernetesClient client;
    private final Function<String, Optional<Vip>> present;
    private final LeaseBook book;
    private final Conditions conditions;

    /**
     * @param present the objects as the feed tells of them
     */
    public VipWriter(
            KubernetesClient client,
            Function<String, Optional<Vip>> present,
            LeaseBook book,
            Clock clock) {
        this.client = client;
        this.present = present;
        this.book = book;
        this.conditions = new Conditions(clock);
    }

    /** Makes the object say what it has. */
    public Outcome reconcile(OwnerKey owner) {
        var vip = present.apply(owner.key()).orElse(null);
        var lease =
                book.held(owner).stream()
                        .filter(
                                held ->
                                        vip != null
                                                && held.owner()
                                                        .uid()
                                                        .equals(vip.getMetadata().getUid()))
                        .findFirst()
                        .orElse(null);
        if (vip == null || lease == null) {
            return Outcome.done();
        }
        var is = Objects.requireNonNullElse(vip.getStatus(), VipStatus.EMPTY);
        var patch = StatusDiff.of(is, status(vip, is, lease));
        if (patch.isEmpty()) {
            return Outcome.done();
        }
        return KubeApi.patch(client, vip, Map.of("status", patch)) == Written.CONFLICT
                ? Outcome.retryAfter(Duration.ofMillis(200))
                : Outcome.done();
    }

    private VipStatus status(Vip vip, VipStatus is, Lease lease) {
        long generation = Objects.requireNonNullElse(vip.getMetadata().getGeneration(), 0L);
        return new VipStatus(
                address(lease, Family.IPV4),
                address(lease, Family.IPV6),
                lease.mac().toString(),
                vip.getSpec().type(),
                vip.getSpec().selector(),
                conditions.with(is.conditions(), Condition.READY, true, "VipReady", "", generation),
                is.unknown());
    }

    private static @Nullable String address(Lease lease, Family family) {
        return lease.addresses().get(family).map(IpAddress::toString).orElse(null);
    }
}
