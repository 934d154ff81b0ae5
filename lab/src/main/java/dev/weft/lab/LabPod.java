package dev.weft.lab;

import dev.weft.lab.host.Command;
import dev.weft.lab.host.NetNs;
import dev.weft.lab.host.Poll;
import dev.weft.lab.part.LabNode;
import dev.weft.lab.runner.Sandbox;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pod of the lab, by the object that it had when it was last looked at. */
public final class LabPod {
    private static final Pattern NETNS = Pattern.compile("pod_netns=\"?([^\" ]+)");
    private static final Duration TIME_TO_GO = Duration.ofSeconds(60);

    private final Lab lab;
    private final Pod object;

    LabPod(Lab lab, Pod object) {
        this.lab = lab;
        this.object = object;
    }

    /** The pod's name. */
    public String name() {
        return object.getMetadata().getName();
    }

    /** The pod's namespace in Kubernetes. */
    public String namespace() {
        return object.getMetadata().getNamespace();
    }

    /** The object. */
    public Pod object() {
        return object;
    }

    /** The node it was given to; empty before that. */
    public String node() {
        return Optional.ofNullable(object.getSpec().getNodeName()).orElse("");
    }

    /** Its addresses as its status has them, IPv4 first; none before it runs. */
    public List<String> addresses() {
        return object.getStatus() == null
                ? List.of()
                : object.getStatus().getPodIPs().stream().map(PodIP::getIp).toList();
    }

    /** Its IPv4 address. */
    public String ipv4() {
        return address(false);
    }

    /** Its IPv6 address. */
    public String ipv6() {
        return address(true);
    }

    /** Its annotations. */
    public Map<String, String> annotations() {
        return object.getMetadata().getAnnotations();
    }

    /** The phase in its status. */
    public String phase() {
        return object.getStatus() == null || object.getStatus().getPhase() == null
                ? ""
                : object.getStatus().getPhase();
    }

    /** Its network namespace. */
    public NetNs netns() {
        return lab.kubelets().isPresent()
                ? madeByRuntime()
                : Sandbox.netns(lab.layout(), object.getMetadata().getUid());
    }

    /** Where our plugin was told that it is: Open vSwitch knows. */
    private NetNs madeByRuntime() {
        LabNode on = lab.node(node());
        if (Boolean.TRUE.equals(object.getSpec().getHostNetwork())) {
            return on.netns();
        }
        String ids =
                on.vsctl(
                                "--bare",
                                "--columns=external_ids",
                                "find",
                                "Interface",
                                "external_ids:pod_namespace=" + namespace(),
                                "external_ids:pod_name=" + name())
                        .output();
        Matcher path = NETNS.matcher(ids);
        if (!path.find()) {
            throw new IllegalStateException(this + " is not plugged in on " + on.name());
        }
        return NetNs.at(Path.of(path.group(1)));
    }

    /** A command inside its network namespace. */
    public Command exec(String... argv) {
        return netns().command(argv);
    }

    /** The MAC that its interface has in the kernel. */
    public String mac() {
        // not from /sys, which shows the interfaces of the namespace that mounted it
        String link = exec("ip", "-o", "link", "show", "dev", "eth0").output();
        return link.replaceFirst("(?s).*link/ether (\\S+).*", "$1");
    }

    /** Whether one echo request to the address is answered within a second. */
    public boolean pings(String address) {
        return exec("ping", "-n", "-q", "-c", "1", "-W", "1", address).run().ok();
    }

    /**
     * Returns when an echo request to the address is answered; the first through new flows may be
     * lost.
     */
    public void ping(String address, Duration limit) {
        Poll.until(this + " to reach " + address, limit, () -> pings(address));
    }

    /** The pod with its object as it is now; nothing when it is gone or another has its name. */
    public Optional<LabPod> refresh() {
        return Optional.ofNullable(
                        lab.kube().pods().inNamespace(namespace()).withName(name()).get())
                .filter(now -> now.getMetadata().getUid().equals(object.getMetadata().getUid()))
                .map(now -> new LabPod(lab, now));
    }

    /** Waits until it runs, and returns it as it is then. */
    public LabPod awaitRunning(Duration limit) {
        Pod running =
                lab.kube()
                        .pods()
                        .inNamespace(namespace())
                        .withName(name())
                        .waitUntilCondition(
                                pod ->
                                        pod != null
                                                && new LabPod(lab, pod).phase().equals("Running"),
                                limit.toMillis(),
                                TimeUnit.MILLISECONDS);
        return new LabPod(lab, running);
    }

    /** Asks for its deletion and returns at once. */
    public void requestDeletion() {
        lab.kube().pods().inNamespace(namespace()).withName(name()).delete();
    }

    /** Deletes it and returns when its object is gone. */
    public void delete() {
        requestDeletion();
        awaitGone();
    }

    /** Returns when its object is gone. */
    public void awaitGone() {
        lab.kube()
                .pods()
                .inNamespace(namespace())
                .withName(name())
                .waitUntilCondition(
                        pod ->
                                pod == null
                                        || !pod.getMetadata()
                                                .getUid()
                                                .equals(object.getMetadata().getUid()),
                        TIME_TO_GO.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public String toString() {
        return namespace() + "/" + name();
    }

    private String address(boolean six) {
        return addresses().stream()
                .filter(address -> address.contains(":") == six)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        this
                                                + " has no IPv"
                                                + (six ? 6 : 4)
                                                + " address: "
                                                + addresses()));
    }
}
