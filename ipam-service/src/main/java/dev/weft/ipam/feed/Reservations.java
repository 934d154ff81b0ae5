package dev.weft.ipam.feed;

import dev.weft.bus.FeedView;
import dev.weft.ipam.lease.Facts.Reserved;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.kube.Annotations;
import dev.weft.kube.Names;
import dev.weft.kube.v1.Ip;
import dev.weft.kube.v1.IpSpec;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The {@code IP} objects that users made, by the owner of the port that they are for. */
public final class Reservations {

    private final Map<OwnerKey, Map<String, Reserved>> byOwner = new ConcurrentHashMap<>();

    Reservations(FeedView<Ip> ips) {
        ips.onChange(
                change -> {
                    of(change.before()).ifPresent(this::remove);
                    of(change.after()).ifPresent(this::add);
                });
    }

    /** What is reserved for that owner, by provider. */
    public Map<String, Reserved> of(OwnerKey owner) {
        return byOwner.getOrDefault(owner, Map.of());
    }

    private void add(Reserved reserved) {
        byOwner.merge(
                reserved.owner(),
                Map.of(reserved.provider(), reserved),
                (all, one) -> {
                    var both = new HashMap<>(all);
                    both.putAll(one);
                    return Map.copyOf(both);
                });
    }

    private void remove(Reserved reserved) {
        byOwner.computeIfPresent(
                reserved.owner(),
                (_, all) -> {
                    var rest = new HashMap<>(all);
                    rest.remove(reserved.provider());
                    return rest.isEmpty() ? null : Map.copyOf(rest);
                });
    }

    /** Whether a user made the object, rather than this service for a lease. */
    public static boolean isReservation(Ip object) {
        var labels = Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
        return !"false".equals(labels.get(Annotations.LABEL_RESERVED));
    }

    /**
     * The reservation that an object is; empty for one of a lease, and for one that is not named
     * like a port of the pod that it names.
     */
    public static Optional<Reserved> of(@Nullable Ip object) {
        if (object == null || object.getSpec() == null || !isReservation(object)) {
            return Optional.empty();
        }
        var spec = object.getSpec();
        var name = object.getMetadata().getName();
        if (isBlank(spec.podName()) || isBlank(spec.namespace())) {
            return Optional.empty();
        }
        var primary = Names.portName(spec.namespace(), spec.podName());
        if (!name.equals(primary) && !name.startsWith(primary + ".")) {
            return Optional.empty();
        }
        var provider =
                name.equals(primary)
                        ? Names.PRIMARY_PROVIDER
                        : name.substring(primary.length() + 1);
        return Optional.of(read(object, spec, provider));
    }

    private static Reserved read(Ip object, IpSpec spec, String provider) {
        DualStack<IpAddress> addresses = null;
        MacAddress mac = null;
        String problem = null;
        try {
            addresses = addresses(spec);
            mac = isBlank(spec.macAddress()) ? null : MacAddress.parse(spec.macAddress());
        } catch (IllegalArgumentException e) {
            problem =
                    "IP %s: %s; correct its spec"
                            .formatted(object.getMetadata().getName(), e.getMessage());
        }
        return new Reserved(
                OwnerKey.pod(spec.namespace() + "/" + spec.podName()),
                provider,
                object.getMetadata().getName(),
                String.valueOf(object.getMetadata().getUid()),
                isBlank(spec.subnet()) ? null : spec.subnet(),
                addresses,
                mac,
                problem);
    }

    /**
     * The addresses that an object has, null for none.
     *
     * @throws IllegalArgumentException when they cannot be read
     */
    public static @Nullable DualStack<IpAddress> addresses(IpSpec spec) {
        var all = new ArrayList<IpAddress>();
        if (!isBlank(spec.v4IpAddress())) {
            all.add(IpAddress.parse(spec.v4IpAddress()));
        }
        if (!isBlank(spec.v6IpAddress())) {
            all.add(IpAddress.parse(spec.v6IpAddress()));
        }
        if (all.isEmpty()) {
            return isBlank(spec.ipAddress()) ? null : DualStack.parseAddresses(spec.ipAddress());
        }
        return DualStack.of(all, IpAddress::family);
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
