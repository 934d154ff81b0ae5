package dev.weft.ipam.kube;

import dev.weft.bus.Outcome;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.kube.KubeApi.Written;
import dev.weft.kube.SubnetDefaults;
import dev.weft.kube.SubnetResolution.Valid;
import dev.weft.kube.v1.Conditions;
import dev.weft.kube.v1.KubeOvn;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes to Subnet objects what became of them: defaults into the spec, the finalizer, figures and
 * conditions into the status. Figures of one subnet are written at most twice a second, however
 * many pods come and go.
 */
public final class SubnetWriter {

    private static final Duration PACE = Duration.ofMillis(500);
    private static final Outcome AGAIN = Outcome.retryAfter(Duration.ofMillis(100));

    private final KubernetesClient client;
    private final Function<String, Optional<Subnet>> present;
    private final LeaseBook book;
    private final Clock clock;
    private final SubnetReport report;
    private final Map<String, Instant> lastStatus = new ConcurrentHashMap<>();

    /**
     * @param present the objects as the feed tells of them
     */
    public SubnetWriter(
            KubernetesClient client,
            Function<String, Optional<Subnet>> present,
            LeaseBook book,
            Clock clock) {
        this.client = client;
        this.present = present;
        this.book = book;
        this.clock = clock;
        this.report = new SubnetReport(new Conditions(clock));
    }

    /** Makes the object say what became of it. */
    public Outcome reconcile(String name) {
        var subnet = present.apply(name).orElse(null);
        var resolution = book.resolution(name).orElse(null);
        if (subnet == null || resolution == null) {
            lastStatus.remove(name);
            return Outcome.done();
        }
        if (subnet.getMetadata().getDeletionTimestamp() != null) {
            return book.isUsed(name) ? status(subnet, name) : letGo(subnet, name);
        }
        // a spec that was changed since must not be changed back
        if (resolution instanceof Valid(var resolved)
                && resolution.equals(SubnetDefaults.resolve(subnet.getSpec(), name))) {
            var patch = SubnetDefaults.patch(subnet.getSpec(), resolved);
            if (!patch.isEmpty() || !hasFinalizer(subnet)) {
                var written = KubeApi.patch(client, subnet, normalised(subnet, patch));
                if (written == Written.CONFLICT) {
                    return AGAIN;
                }
            }
        }
        return status(subnet, name);
    }

    private Map<String, Object> normalised(Subnet subnet, Map<String, Object> spec) {
        var patch = new LinkedHashMap<String, Object>();
        if (!hasFinalizer(subnet)) {
            var finalizers = new ArrayList<>(subnet.getMetadata().getFinalizers());
            finalizers.add(KubeOvn.FINALIZER);
            patch.put("metadata", versioned(subnet, finalizers));
        } else {
            patch.put(
                    "metadata",
                    Map.of("resourceVersion", subnet.getMetadata().getResourceVersion()));
        }
        if (!spec.isEmpty()) {
            patch.put("spec", spec);
        }
        return patch;
    }

    /** Nothing holds it back: its deletion may go on. */
    private Outcome letGo(Subnet subnet, String name) {
        if (!hasFinalizer(subnet)) {
            return Outcome.done();
        }
        var others =
                subnet.getMetadata().getFinalizers().stream()
                        .filter(finalizer -> !finalizer.equals(KubeOvn.FINALIZER))
                        .toList();
        var written = KubeApi.patch(client, subnet, Map.of("metadata", versioned(subnet, others)));
        return written == Written.CONFLICT ? AGAIN : Outcome.done();
    }

    private Outcome status(Subnet subnet, String name) {
        var now = clock.instant();
        var last = lastStatus.get(name);
        if (last != null && last.plus(PACE).isAfter(now)) {
            // not even compared: to count what is free costs more than anything else here
            return Outcome.retryAfter(Duration.between(now, last.plus(PACE)));
        }
        var wanted =
                report.of(
                        subnet,
                        book.resolution(name).orElseThrow(),
                        book.usage(name).orElse(Map.of()));
        var patch =
                StatusDiff.of(
                        Objects.requireNonNullElse(subnet.getStatus(), SubnetStatus.EMPTY), wanted);
        if (patch.isEmpty()) {
            return Outcome.done();
        }
        lastStatus.put(name, now);
        var body = new LinkedHashMap<String, Object>();
        if (patch.has("conditions")) {
            // a list is replaced whole: only where nobody else has changed it
            body.put(
                    "metadata",
                    Map.of("resourceVersion", subnet.getMetadata().getResourceVersion()));
        }
        body.put("status", patch);
        return KubeApi.patchStatus(client, subnet, body) == Written.CONFLICT
                ? AGAIN
                : Outcome.done();
    }

    private static Map<String, @Nullable Object> versioned(Subnet subnet, List<String> finalizers) {
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        metadata.put("resourceVersion", subnet.getMetadata().getResourceVersion());
        metadata.put("finalizers", finalizers.isEmpty() ? null : finalizers);
        return metadata;
    }

    private static boolean hasFinalizer(Subnet subnet) {
        return subnet.getMetadata().getFinalizers().contains(KubeOvn.FINALIZER);
    }
}
