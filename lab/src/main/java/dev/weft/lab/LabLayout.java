package dev.weft.lab;

import dev.weft.lab.host.Home;
import dev.weft.lab.host.NetNs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Where everything of one lab is: its folder, the names of its namespaces and its ports, all
 * derived from its name, so that several labs run side by side on one machine.
 *
 * @param name 1 to 8 lower-case letters and digits, first a letter
 */
public record LabLayout(String name) {
    /** The environment variable that chooses the lab; {@code lab} when it is not set. */
    public static final String VARIABLE = "WEFT_LAB";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,7}");
    private static final Path ROOT = Path.of("/tmp/weft");
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS_PER_LAB = 25;
    private static final int LABS = 400;

    public LabLayout {
        if (!NAME.matcher(name).matches()) {
            // namespaces and interfaces carry the name: interfaces have 15 characters, socket paths
            // 107
            throw new IllegalArgumentException(
                    "lab name '"
                            + name
                            + "': 1 to 8 lower-case letters and digits are allowed, the first a letter ("
                            + VARIABLE
                            + ")");
        }
    }

    /**
     * A lab for tests, named after the checkout: tests of two checkouts do not meet, and each run
     * finds what a killed one left.
     *
     * @param prefix 1 to 4 letters that tell the tests of one checkout apart
     */
    public static LabLayout ofCheckout(String prefix) {
        CRC32 crc = new CRC32();
        crc.update(Home.find().toString().getBytes(StandardCharsets.UTF_8));
        return new LabLayout(prefix + Long.toString(crc.getValue() % (36 * 36 * 36 * 36), 36));
    }

    /** The lab that {@code WEFT_LAB} names. */
    public static LabLayout fromEnvironment() {
        return new LabLayout(System.getenv().getOrDefault(VARIABLE, "lab"));
    }

    /**
     * The folder that holds databases, sockets, pid files and logs. Short: a socket's path has 107
     * characters.
     */
    public Path dir() {
        return ROOT.resolve(name);
    }

    /** A folder or file in the lab's folder. */
    public Path file(String path) {
        return dir().resolve(path);
    }

    /** Where processes that have no folder of their own write their logs. */
    public Path log(String process) {
        return file("log/" + process.replace('/', '.') + ".log");
    }

    /** What the names of all its namespaces begin with. */
    public String prefix() {
        return "w" + name + "-";
    }

    /** The namespace of a part, as in {@code central} or {@code n1}. */
    public NetNs netns(String part) {
        return new NetNs(prefix() + part);
    }

    /** What the names of all pods' namespaces begin with. */
    public String podPrefix() {
        return prefix() + "p-";
    }

    /** The folder of a node: its OVS database, sockets and logs. */
    public Path node(String node) {
        return file("node/" + node);
    }

    /** The CNI socket of a node's daemon. */
    public Path cniSocket(String node) {
        return node(node).resolve("cni.sock");
    }

    /** The kubeconfig of the cluster's admin. */
    public Path kubeconfig() {
        return file("kube/kubeconfig");
    }

    /** The kubeconfig of one of our services, as in {@code relay} or {@code node-daemon}. */
    public Path kubeconfig(String service) {
        return file("kube/" + service + ".kubeconfig");
    }

    /** What the API server noted of our services' requests. */
    public Path auditLog() {
        return file("kube/audit.log");
    }

    /** The loopback port of a part. Below the range that the kernel gives out by itself. */
    public int port(Port port) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return FIRST_PORT + (int) (crc.getValue() % LABS) * PORTS_PER_LAB + port.ordinal();
    }

    /** The ports of a lab, all on 127.0.0.1. */
    public enum Port {
        KUBE_API,
        ETCD,
        ETCD_PEER,
        POSTGRES,
        BROKER,
        BROKER_CONTROL,
        RELAY,
        IPAM,
        VPC,
        NODE_DAEMON
    }
}
