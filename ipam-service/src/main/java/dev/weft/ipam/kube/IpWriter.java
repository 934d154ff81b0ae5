package dev.weft.ipam.kube;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.bus.Json;
import dev.weft.bus.Outcome;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.feed.Reservations;
import dev.weft.ipam.kube.KubeApi.Written;
import dev.weft.ipam.lease.Keeper;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.LeaseOwner.Kind;
import dev.weft.kube.Annotations;
import dev.weft.kube.v1.Ip;
import dev.weft.kube.v1.IpSpec;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one {@code IP} object a lease, named like the port. Reservations that users made are left
 * alone.
 */
public final class IpWriter {

    private final KubernetesClient client;
    private final Function<String, Optional<Ip>> present;
    private final LeaseBook book;

    /**
     * @param present the objects as the feed tells of them
     */
    public IpWriter(
            KubernetesClient client, Function<String, Optional<Ip>> present, LeaseBook book) {
        this.client = client;
        this.present = present;
        this.book = book;
    }

    /** Makes the object of a port be what the port's lease is: there, the same, or gone. */
    public Outcome reconcile(String port) {
        var lease = book.lease(port).orElse(null);
        var object = present.apply(port).orElse(null);
        if (lease != null && lease.owner().kind() == Kind.VIP) {
            return Outcome.done();
        }
        if (object != null && Reservations.isReservation(object)) {
            return lease == null || !isReservedBy(lease, object)
                    ? Outcome.done()
                    : outcome(complete(object, lease));
        }
        if (lease == null) {
            if (object != null) {
                KubeApi.delete(client.resources(Ip.class).withName(port));
            }
            return Outcome.done();
        }
        var written =
                object == null
                        ? KubeApi.create(client.resources(Ip.class).resource(object(lease)))
                        : patch(object, lease);
        return outcome(written);
    }

    /**
     * When the feed lags behind, it was made, or has gone, already; look again when the feed had
     * time to tell.
     */
    private static Outcome outcome(Written written) {
        return written == Written.DONE
                ? Outcome.done()
                : Outcome.retryAfter(Duration.ofMillis(200));
    }

    /** A reservation is told which addresses it has got, where its maker did not say. */
    private Written complete(Ip object, Lease lease) {
        var present = Json.mapper().<JsonNode>valueToTree(object.getSpec());
        var missing = new LinkedHashMap<>(spec(lease));
        missing.keySet().removeAll(Set.of("podType", "podName", "namespace"));
        missing.entrySet()
                .removeIf(
                        field ->
                                !present.path(field.getKey()).asText("").isEmpty()
                                        && !field.getKey().equals("nodeName"));
        missing.entrySet()
                .removeIf(
                        field -> present.path(field.getKey()).asText("").equals(field.getValue()));
        var labels = labels(lease);
        labels.put(Annotations.LABEL_RESERVED, "true");
        labels.entrySet()
                .removeIf(label -> label.getValue().equals(labelsOf(object).get(label.getKey())));
        return missing.isEmpty() && labels.isEmpty()
                ? Written.DONE
                : KubeApi.patch(
                        client,
                        object,
                        Map.of("metadata", Map.of("labels", labels), "spec", missing));
    }

    private static boolean isReservedBy(Lease lease, Ip object) {
        var keeper = lease.keeper();
        return keeper != null
                && keeper.kind() == Keeper.Kind.RESERVATION
                && keeper.uid().equals(object.getMetadata().getUid());
    }

    private Written patch(Ip object, Lease lease) {
        var present = Json.mapper().<JsonNode>valueToTree(object.getSpec());
        var spec = differing(spec(lease), field -> present.path(field).asText(""));
        // the API server (1.20) takes an empty text in the patch of a custom resource for null, and
        // then refuses that as of the wrong type; null itself takes the field away
        spec.replaceAll((_, value) -> value == null || value.isEmpty() ? null : value);
        var labels = differing(labels(lease), label -> labelsOf(object).get(label));
        return spec.isEmpty() && labels.isEmpty()
                ? Written.DONE
                : KubeApi.patch(
                        client, object, Map.of("metadata", Map.of("labels", labels), "spec", spec));
    }

    private static Map<String, @Nullable String> differing(
            Map<String, String> wanted, Function<String, @Nullable String> present) {
        var differing = new LinkedHashMap<String, @Nullable String>(wanted);
        differing
                .entrySet()
                .removeIf(entry -> entry.getValue().equals(present.apply(entry.getKey())));
        return differing;
    }

    private static Ip object(Lease lease) {
        var spec =
                IpSpec.held(
                        lease.owner().name(),
                        Objects.requireNonNullElse(lease.owner().namespace(), ""),
                        podType(lease),
                        lease.subnet(),
                        lease.nodeName(),
                        lease.addresses().toString(),
                        address(lease, Family.IPV4),
                        address(lease, Family.IPV6),
                        lease.mac().toString());
        var object = new Ip(lease.port(), spec);
        object.getMetadata().setLabels(labels(lease));
        return object;
    }

    private static Map<String, String> spec(Lease lease) {
        var spec = new LinkedHashMap<String, String>();
        spec.put("podName", lease.owner().name());
        spec.put("namespace", Objects.requireNonNullElse(lease.owner().namespace(), ""));
        spec.put("podType", podType(lease));
        spec.put("subnet", lease.subnet());
        spec.put("nodeName", Objects.requireNonNullElse(lease.nodeName(), ""));
        spec.put("ipAddress", lease.addresses().toString());
        spec.put("v4IpAddress", Objects.requireNonNullElse(address(lease, Family.IPV4), ""));
        spec.put("v6IpAddress", Objects.requireNonNullElse(address(lease, Family.IPV6), ""));
        spec.put("macAddress", lease.mac().toString());
        return spec;
    }

    private static String podType(Lease lease) {
        var keeper = lease.keeper();
        return keeper == null || keeper.kind() == Keeper.Kind.RESERVATION
                ? ""
                : keeper.kind().word();
    }

    private static Map<String, String> labels(Lease lease) {
        var labels = new LinkedHashMap<String, String>();
        labels.put(Annotations.LABEL_SUBNET, lease.subnet());
        labels.put(Annotations.LABEL_NODE, Objects.requireNonNullElse(lease.nodeName(), ""));
        labels.put(Annotations.LABEL_RESERVED, "false");
        labels.put(lease.subnet(), ""); // how older tools find them
        return labels;
    }

    private static @Nullable String address(Lease lease, Family family) {
        return lease.addresses().get(family).map(IpAddress::toString).orElse(null);
    }

    private static Map<String, String> labelsOf(Ip object) {
        return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
    }
}
