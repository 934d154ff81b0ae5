package dev.weft.ipam.kube;

import dev.weft.bus.Outcome;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.kube.KubeApi.Written;
import dev.weft.ipam.pool.Usage;
import dev.weft.kube.IpPoolCatalog;
import dev.weft.kube.v1.Condition;
import dev.weft.kube.v1.Conditions;
import dev.weft.kube.v1.IpPool;
import dev.weft.kube.v1.IpPoolStatus;
import dev.weft.net.Family;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Writes figures and conditions into the status of IPPools, those of one pool at most twice a
 * second.
 */
public final class IpPoolWriter {

    private static final Duration PACE = Duration.ofMillis(500);

    private final KubernetesClient client;
    private final Function<String, Optional<IpPool>> present;
    private final LeaseBook book;
    private final Clock clock;
    private final Conditions conditions;
    private final Map<String, Instant> lastStatus = new ConcurrentHashMap<>();

    /**
     * @param present the objects as the feed tells of them
     */
    public IpPoolWriter(
            KubernetesClient client,
            Function<String, Optional<IpPool>> present,
            LeaseBook book,
            Clock clock) {
        this.client = client;
        this.present = present;
        this.book = book;
        this.clock = clock;
        this.conditions = new Conditions(clock);
    }

    /** Makes the object say what became of it. */
    public Outcome reconcile(String name) {
        var pool = present.apply(name).orElse(null);
        var resolution = book.poolResolution(name).orElse(null);
        if (pool == null || resolution == null) {
            lastStatus.remove(name);
            return Outcome.done();
        }
        var now = clock.instant();
        var last = lastStatus.get(name);
        if (last != null && last.plus(PACE).isAfter(now)) {
            return Outcome.retryAfter(Duration.between(now, last.plus(PACE)));
        }
        var is = Objects.requireNonNullElse(pool.getStatus(), IpPoolStatus.EMPTY);
        var patch = StatusDiff.of(is, status(pool, is, resolution));
        if (patch.isEmpty()) {
            return Outcome.done();
        }
        lastStatus.put(name, now);
        return KubeApi.patchStatus(client, pool, Map.of("status", patch)) == Written.CONFLICT
                ? Outcome.retryAfter(PACE)
                : Outcome.done();
    }

    private IpPoolStatus status(IpPool pool, IpPoolStatus is, IpPoolCatalog.Resolution resolution) {
        var usage = book.poolUsage(pool.getMetadata().getName());
        var v4 = usage.getOrDefault(Family.IPV4, Usage.NONE);
        var v6 = usage.getOrDefault(Family.IPV6, Usage.NONE);
        return new IpPoolStatus(
                v4.available(),
                v4.availableRanges().toString(),
                v4.used(),
                v4.usedRanges().toString(),
                v6.available(),
                v6.availableRanges().toString(),
                v6.used(),
                v6.usedRanges().toString(),
                conditions(pool, is, resolution),
                is.unknown());
    }

    private List<Condition> conditions(
            IpPool pool, IpPoolStatus is, IpPoolCatalog.Resolution resolution) {
        long generation = Objects.requireNonNullElse(pool.getMetadata().getGeneration(), 0L);
        var invalid = resolution.invalid();
        var missing = book.subnet(resolution.subnet()).isEmpty();
        var message =
                invalid != null
                        ? invalid.toString()
                        : missing ? "there is no valid subnet " + resolution.subnet() : "";
        var holds = message.isEmpty();
        return conditions.with(
                is.conditions(),
                Condition.READY,
                holds,
                holds ? "UpdateIPAMSucceeded" : "UpdateIPAMFailed",
                message,
                generation);
    }
}
