package dev.weft.ipam.restore;

import dev.weft.ipam.feed.Reservations;
import dev.weft.ipam.lease.Claim;
import dev.weft.ipam.lease.Claims;
import dev.weft.ipam.lease.Facts;
import dev.weft.ipam.lease.Keeper;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.LeaseOwner;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.ipam.lease.PortKey;
import dev.weft.ipam.restore.Evidence.Strength;
import dev.weft.ipam.restore.RestorationReport.Contradiction;
import dev.weft.ipam.restore.RestorationReport.Kind;
import dev.weft.kube.Allocation;
import dev.weft.kube.Names;
import dev.weft.kube.Parsed;
import dev.weft.kube.PodView;
import dev.weft.kube.StatefulSetView;
import dev.weft.kube.v1.Ip;
import dev.weft.kube.v1.IpSpec;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gathers what annotations, {@code IP} objects and pods' statuses say of who has what. */
final class Witnesses {

    private final Facts facts;
    private final Function<String, Optional<Ip>> ips;
    private final Function<String, String> vpcOfSubnet;
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<Contradiction> contradictions = new ArrayList<>();
    private final Set<String> ports = new HashSet<>();

    /** What a source says. */
    private record Said(
            String subnet, String vpc, DualStack<IpAddress> addresses, MacAddress mac) {}

    /**
     * @param ips {@code IP} objects by name
     * @param vpcOfSubnet the VPC of a subnet by name
     */
    Witnesses(
            Facts facts, Function<String, Optional<Ip>> ips, Function<String, String> vpcOfSubnet) {
        this.facts = facts;
        this.ips = ips;
        this.vpcOfSubnet = vpcOfSubnet;
    }

    List<Evidence> evidence() {
        return evidence;
    }

    List<Contradiction> contradictions() {
        return contradictions;
    }

    /** Hears what is said of the ports of an owner that may live. */
    void hear(OwnerKey owner) {
        for (var claim : Claims.of(owner, List.of(), facts).entrySet()) {
            if (claim.getValue() instanceof Claim.Wanted wanted && wanted.owner().isPresent()) {
                hear(claim.getKey(), wanted.owner(), wanted.usage());
            } else if (claim.getValue() instanceof Claim.Unclear unclear
                    && unclear.owner().isPresent()) {
                hear(claim.getKey(), unclear.owner(), Lease.Usage.of(facts.securedByDefault()));
            }
        }
    }

    private void hear(PortKey key, LeaseOwner owner, Lease.Usage usage) {
        var annotated = annotated(key, owner);
        var object = object(key.port());
        var running = running(key, owner);
        var confirmed = annotated != null && annotated.addresses().equals(running);
        var said = confirmed || object == null ? annotated : object;
        if (said == null || object == null && !confirmed) {
            // it has nothing yet, or annotations alone say so, which anybody can write: then it
            // asks
            // for these addresses like everybody else
            return;
        }
        if (annotated != null
                && object != null
                && !annotated.addresses().equals(object.addresses())) {
            contradictions.add(
                    new Contradiction(
                            key.port(),
                            Kind.ADDRESSES_DIFFER,
                            "annotations: %s, IP object: %s"
                                    .formatted(annotated.addresses(), object.addresses()),
                            confirmed ? "annotations" : "IP object"));
        }
        var strength = said.addresses().equals(running) ? Strength.RUNNING : Strength.PROMISED;
        add(key, owner, usage, said, strength, said == annotated ? "annotations" : "IP object");
    }

    private void add(
            PortKey key,
            LeaseOwner owner,
            Lease.Usage usage,
            Said said,
            Strength strength,
            String source) {
        if (ports.add(key.port())) {
            evidence.add(
                    new Evidence(
                            key,
                            owner,
                            usage,
                            said.vpc(),
                            said.subnet(),
                            said.addresses(),
                            said.mac(),
                            strength,
                            source));
        }
    }

    private @Nullable Said annotated(PortKey key, LeaseOwner owner) {
        var annotations =
                switch (owner.kind()) {
                    case NODE ->
                            facts.node(owner.name())
                                    .map(node -> node.annotations())
                                    .orElse(Map.of());
                    case POD -> pod(key, owner).map(PodView::annotations).orElse(Map.of());
                    case VIP -> Map.<String, String>of();
                };
        return switch (Allocation.parse(annotations, key.provider()).orElse(null)) {
            case null -> null;
            case Parsed.Valid<Allocation>(var had) ->
                    new Said(had.subnet(), had.vpc(), had.addresses(), had.mac());
            case Parsed.Refused<Allocation> refused -> {
                contradictions.add(
                        new Contradiction(
                                key.port(), Kind.INCOMPLETE, refused.message(), "IP object"));
                yield null;
            }
        };
    }

    private Optional<PodView> pod(PortKey key, LeaseOwner owner) {
        return facts.pods(key.owner()).stream()
                .filter(pod -> pod.uid().equals(owner.uid()))
                .findFirst();
    }

    /** The addresses that a pod's status tells, null where it does not. */
    private @Nullable DualStack<IpAddress> running(PortKey key, LeaseOwner owner) {
        if (!key.provider().equals(Names.PRIMARY_PROVIDER)) {
            return null;
        }
        try {
            var texts = pod(key, owner).map(PodView::podIps).orElse(List.of());
            return texts.isEmpty()
                    ? null
                    : DualStack.of(
                            texts.stream().map(IpAddress::parse).toList(), IpAddress::family);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private @Nullable Said object(String port) {
        var object = ips.apply(port).orElse(null);
        if (object == null || Reservations.isReservation(object)) {
            return null;
        }
        return said(object.getMetadata().getName(), object.getSpec());
    }

    private @Nullable Said said(String port, IpSpec spec) {
        try {
            var addresses = Reservations.addresses(spec);
            var subnet = Objects.requireNonNullElse(spec.subnet(), "");
            if (addresses == null || subnet.isEmpty() || spec.macAddress() == null) {
                return null;
            }
            return new Said(
                    subnet,
                    vpcOfSubnet.apply(subnet),
                    addresses,
                    MacAddress.parse(spec.macAddress()));
        } catch (IllegalArgumentException e) {
            contradictions.add(
                    new Contradiction(
                            port, Kind.INCOMPLETE, "IP object: " + e.getMessage(), "annotations"));
            return null;
        }
    }

    /** Hears what an {@code IP} object says for a name of which nobody lives. */
    void hear(Ip object) {
        var spec = object.getSpec();
        var port = object.getMetadata().getName();
        if (Reservations.isReservation(object)
                || ports.contains(port)
                || spec.podName() == null
                || spec.namespace() == null
                || spec.namespace().isEmpty()) {
            return;
        }
        var owner = OwnerKey.pod(spec.namespace() + "/" + spec.podName());
        var primary = owner.port();
        var keeper = keeper(owner, Objects.requireNonNullElse(spec.podType(), ""));
        if (keeper == null || !port.equals(primary) && !port.startsWith(primary + ".")) {
            return;
        }
        var provider =
                port.equals(primary)
                        ? Names.PRIMARY_PROVIDER
                        : port.substring(primary.length() + 1);
        var said = said(port, spec);
        if (said != null) {
            add(
                    new PortKey(owner, provider),
                    LeaseOwner.absent(owner),
                    new Lease.Usage(spec.nodeName(), null, keeper, facts.securedByDefault()),
                    said,
                    Strength.KEPT,
                    "IP object");
        }
    }

    /** What keeps the addresses of an owner that is away, null when nothing does any more. */
    private @Nullable Keeper keeper(OwnerKey owner, String podType) {
        return switch (podType) {
            case "StatefulSet" -> {
                var dash = owner.name().lastIndexOf('-');
                var name = dash < 0 ? "" : owner.name().substring(0, dash);
                var ordinal = StatefulSetView.ordinal(name, owner.name());
                yield facts.statefulSet(owner.namespace(), name)
                        .filter(set -> ordinal.isPresent() && set.has(ordinal.getAsInt()))
                        .map(set -> new Keeper(Keeper.Kind.STATEFUL_SET, set.name(), set.uid()))
                        .orElse(null);
            }
            case "VirtualMachine" ->
                    facts.machine(owner.namespace(), owner.name())
                            .filter(machine -> !machine.deleting())
                            .map(
                                    machine ->
                                            new Keeper(
                                                    Keeper.Kind.VIRTUAL_MACHINE,
                                                    machine.name(),
                                                    machine.uid()))
                            .orElse(null);
            default -> null;
        };
    }
}
