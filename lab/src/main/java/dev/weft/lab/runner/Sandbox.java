package dev.weft.lab.runner;

import dev.weft.lab.LabLayout;
import dev.weft.lab.host.NetNs;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the runner made for a pod: a network namespace with an interface from the CNI plugin.
 *
 * @param uid the pod's; a pod of the same name made later is another one
 * @param node where it runs
 * @param ready whether the plugin's ADD succeeded; if not, what there is must be taken down and
 *     made anew
 * @param addresses what ADD returned, without prefix lengths; empty until then
 * @param mac what ADD returned for the pod's interface
 */
public record Sandbox(
        String namespace,
        String name,
        String uid,
        String node,
        boolean ready,
        List<String> addresses,
        @Nullable String mac) {

    private static final int DIGITS_IN_NAME = 12;

    public Sandbox {
        addresses = List.copyOf(addresses);
    }

    /** A sandbox that is about to be made. */
    static Sandbox begun(PodKey pod, String node) {
        return new Sandbox(pod.namespace(), pod.name(), pod.uid(), node, false, List.of(), null);
    }

    /** The same after ADD. */
    Sandbox added(CniResult result) {
        return new Sandbox(namespace, name, uid, node, true, result.addresses(), result.mac());
    }

    /** The pod it belongs to. */
    PodKey pod() {
        return new PodKey(namespace, name, uid);
    }

    /** The container id that the plugin is told: 64 hexadecimal digits, as runtimes have them. */
    public String containerId() {
        return containerId(uid);
    }

    /** The pod's network namespace. */
    public NetNs netns(LabLayout layout) {
        return netns(layout, uid);
    }

    /** The network namespace of the pod with this uid. */
    public static NetNs netns(LabLayout layout, String uid) {
        return new NetNs(layout.podPrefix() + containerId(uid).substring(0, DIGITS_IN_NAME));
    }

    /**
     * Derived from the uid and not the uid itself: those of the embedded API server differ in their
     * last digits only.
     */
    private static String containerId(String uid) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(uid.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
