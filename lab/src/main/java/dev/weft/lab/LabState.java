package dev.weft.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a lab was made of, kept in {@code lab.json} (readable by its owner only: it holds the lab's
 * passwords).
 *
 * @param kube whether the Kubernetes API is a real one
 * @param pods who runs the pods
 * @param nodes in the order in which they were added; addresses follow from {@link
 *     NodeEntry#index()}
 * @param complete whether {@code up} came to its end once
 */
public record LabState(
        KubeMode kube,
        PodMode pods,
        List<NodeEntry> nodes,
        String postgresPassword,
        String brokerPassword,
        String kubeToken,
        boolean complete) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();

    public LabState {
        // a lab of before there was a choice
        pods = java.util.Objects.requireNonNullElse(pods, PodMode.RUNNER);
        nodes = List.copyOf(nodes);
    }

    /** Which Kubernetes API the lab has. */
    public enum KubeMode {
        /** etcd and kube-apiserver. */
        REAL,
        /** The CRUD server of fabric8, which forgets everything when it ends. */
        EMBEDDED
    }

    /** Who runs the pods. */
    public enum PodMode {
        /** The lab's runner, which makes a network namespace for each. */
        RUNNER,
        /** Scheduler, kubelet and containerd. */
        KUBELET
    }

    /** A node: its name and its number, from 1. */
    public record NodeEntry(String name, int index) {}

    /** The state of a new lab with nodes n1, n2, … and fresh passwords. */
    public static LabState fresh(KubeMode kube, PodMode pods, int nodes) {
        List<NodeEntry> entries = new ArrayList<>();
        for (int i = 1; i <= nodes; i++) {
            entries.add(new NodeEntry("n" + i, i));
        }
        return new LabState(kube, pods, entries, secret(), secret(), secret(), false);
    }

    /** The same with other nodes. */
    public LabState withNodes(List<NodeEntry> others) {
        return new LabState(
                kube, pods, others, postgresPassword, brokerPassword, kubeToken, complete);
    }

    /** The same, marked as having been up. */
    public LabState completed() {
        return new LabState(kube, pods, nodes, postgresPassword, brokerPassword, kubeToken, true);
    }

    /** Reads the state; empty when there is no lab. */
    public static Optional<LabState> read(LabLayout layout) {
        Path file = layout.file("lab.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), LabState.class));
        } catch (IOException e) {
            throw new UncheckedIOException("unreadable " + file + ": run `weft down` first", e);
        }
    }

    /** Writes the state, whole or not at all. */
    public void write(LabLayout layout) {
        try {
            Path folder = Files.createDirectories(layout.dir());
            // others may pass through (PostgreSQL is not root) but not look around
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            Path file = Files.createTempFile(folder, "lab", ".json");
            JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
            Files.move(file, layout.file("lab.json"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String secret() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
