package dev.weft.node.ovs;

import dev.weft.cni.CniAttachment;
import dev.weft.kube.Names;
import dev.weft.ovn.Owner;
import dev.weft.ovn.ovs.Interface;
import dev.weft.ovsdb.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An interface of a container that we plugged. It is kept nowhere but in the {@code external_ids}
 * of its OVS interface, so what is plugged and what is remembered cannot differ, and a daemon that
 * starts knows all.
 *
 * @param network name of the network in the CNI configuration
 * @param provider {@code ovn} for the primary interface
 * @param netns path of the pod's namespace
 * @param hostLink name of the host's end of the veth, and of the OVS port
 */
public record Attachment(
        String containerId,
        String ifName,
        String network,
        String provider,
        String namespace,
        String pod,
        String netns,
        String hostLink) {
    /** Service in the owners of the daemon's rows. */
    public static final String SERVICE = "node";

    /** {@code external_ids} key of the container, by which interfaces are looked up. */
    public static final String CONTAINER = "weft-container";

    private static final String IF_NAME = "weft-ifname";
    private static final String NETWORK = "weft-network";
    private static final String PROVIDER = "weft-provider";
    private static final String POD_NAME = "pod_name";
    private static final String POD_NAMESPACE = "pod_namespace";
    private static final String POD_NETNS = "pod_netns";
    private static final int NAME_PART = 12;
    private static final int LONGEST_NAME = 15;

    /**
     * The name of the host's end: the first characters of the container's id, as the peer has it.
     * An id that is not one of a common runtime (64 hex digits) may begin like another's, so a
     * digest stands for it.
     */
    public static String hostLink(String containerId, String ifName) {
        boolean hex =
                containerId.length() >= 32
                        && containerId
                                .chars()
                                .allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
        String id = hex ? containerId : digest(containerId);
        if (ifName.equals("eth0")) {
            return id.substring(0, NAME_PART) + "_h";
        }
        String suffix =
                "_" + (ifName.length() <= 5 ? ifName : digest(ifName).substring(0, 5)) + "_h";
        return id.substring(0, LONGEST_NAME - suffix.length()) + suffix;
    }

    /**
     * Reads what {@link #externalIds} wrote; empty for an interface that is no pod's or not ours.
     */
    public static Optional<Attachment> of(Row row) {
        return of(row.get(Interface.NAME), row.get(Interface.EXTERNAL_IDS));
    }

    static Optional<Attachment> of(String name, Map<String, String> ids) {
        if (!ids.keySet()
                .containsAll(List.of(CONTAINER, IF_NAME, POD_NAME, POD_NAMESPACE, POD_NETNS))) {
            return Optional.empty();
        }
        return Optional.of(
                new Attachment(
                        ids.get(CONTAINER),
                        ids.get(IF_NAME),
                        ids.getOrDefault(NETWORK, ""),
                        ids.getOrDefault(PROVIDER, Names.PRIMARY_PROVIDER),
                        ids.get(POD_NAMESPACE),
                        ids.get(POD_NAME),
                        ids.get(POD_NETNS),
                        name));
    }

    /** What is written into the interface, for {@link #of} and for people. */
    Map<String, String> externalIds() {
        return Map.of(
                CONTAINER, containerId,
                IF_NAME, ifName,
                NETWORK, network,
                PROVIDER, provider,
                POD_NAME, pod,
                POD_NAMESPACE, namespace,
                POD_NETNS, netns);
    }

    /**
     * Whose rows the port and the interface are: there is at most one port of a pod's interface,
     * whatever its container.
     */
    public Owner owner() {
        boolean primary = provider.equals(Names.PRIMARY_PROVIDER);
        return new Owner(SERVICE, "Pod", namespace + "/" + pod + (primary ? "" : "/" + provider));
    }

    /** The logical port in OVN. */
    public String portName() {
        return Names.portName(namespace, pod, provider);
    }

    /** {@code <namespace>/<name>} of the pod. */
    public String podKey() {
        return namespace + "/" + pod;
    }

    /** What the runtime calls it. */
    public CniAttachment key() {
        return new CniAttachment(containerId, ifName);
    }

    private static String digest(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
