package dev.weft.ipam.kube;

import dev.weft.bus.Backoff;
import dev.weft.bus.LoopOptions;
import dev.weft.bus.Outcome;
import dev.weft.bus.ReconcileLoop;
import dev.weft.ipam.lease.LeaseOwner;
import dev.weft.ipam.lease.PortKey;
import dev.weft.ipam.pool.Refusal;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells of refusals by Kubernetes Events on the owner, each once: the same refusal again is not
 * told again.
 */
public final class RefusalEvents implements AutoCloseable {

    private static final int LONGEST_MESSAGE = 1024; // of the API

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<PortKey, Refused> latest = new ConcurrentHashMap<>();
    private final ReconcileLoop<Refused> loop;

    private record Refused(PortKey port, LeaseOwner owner, String object, Refusal refusal) {}

    public RefusalEvents(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.loop =
                new ReconcileLoop<>(
                        LoopOptions.named("ipam.event")
                                .withParallelism(4)
                                .withBackoff(
                                        Backoff.between(
                                                Duration.ofMillis(200), Duration.ofMinutes(1))),
                        this::tell);
    }

    /**
     * The port was refused.
     *
     * @param object the name of the object that is told, which may be another than that of the
     *     owner
     */
    public void refused(PortKey port, LeaseOwner owner, String object, Refusal refusal) {
        var now =
                new Refused(port, owner, object, new Refusal(refusal.reason(), refusal.message()));
        if (!now.equals(latest.put(port, now))) {
            loop.submit(now);
        }
    }

    /** The port is not refused any more: a refusal to come is news. */
    public void settled(PortKey port) {
        latest.remove(port);
    }

    private Outcome tell(Refused refused) {
        if (!refused.equals(latest.get(refused.port()))) {
            return Outcome.done();
        }
        var event = event(refused);
        // the name says it all: when it is there already, a former process has told; no namespace,
        // no event
        KubeApi.create(
                client.v1()
                        .events()
                        .inNamespace(event.getMetadata().getNamespace())
                        .resource(event));
        return Outcome.done();
    }

    private Event event(Refused refused) {
        var owner = refused.owner();
        var refusal = refused.refusal();
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var namespace = Objects.requireNonNullElse(owner.namespace(), "default");
        var message = refusal.message();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name(refused))
                .endMetadata()
                .withType("Warning")
                .withReason(refusal.reason().word())
                .withMessage(
                        message.length() > LONGEST_MESSAGE
                                ? message.substring(0, LONGEST_MESSAGE)
                                : message)
                .withNewInvolvedObject()
                .withApiVersion("v1")
                .withKind(owner.kind().word())
                .withNamespace(owner.namespace())
                .withName(refused.object())
                .withUid(owner.uid())
                .endInvolvedObject()
                .withNewSource()
                .withComponent("weft-ipam")
                .endSource()
                .withReportingComponent("weft-ipam")
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build();
    }

    private static String name(Refused refused) {
        var owner = refused.object();
        var what = refused.owner().uid() + refused.port() + refused.refusal();
        return "%s.%016x"
                .formatted(
                        owner.length() > 230 ? owner.substring(0, 230) : owner,
                        dev.weft.net.MacAddress.derivedFrom(what).value());
    }

    @Override
    public void close() {
        loop.close();
    }
}
