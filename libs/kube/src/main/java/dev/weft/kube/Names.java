package dev.weft.kube;

import org.jspecify.annotations.Nullable;

/** The names that things have in OVN and in the API, the same as the peer gives them. */
public final class Names {

    /** The default VPC and its router. */
    public static final String DEFAULT_VPC = "ovn-cluster";

    /** The default subnet and its switch. */
    public static final String DEFAULT_SUBNET = "ovn-default";

    /** The subnet that connects the nodes to the fabric. */
    public static final String JOIN_SUBNET = "join";

    /** The provider of the pods' primary interface. */
    public static final String PRIMARY_PROVIDER = "ovn";

    private static final String NODE_PREFIX = "node-";

    private Names() {}

    /** Port (and {@code IP} object) of a pod's primary interface: {@code <pod>.<namespace>}. */
    public static String portName(String namespace, String pod) {
        return pod + "." + namespace;
    }

    /**
     * Port of a pod's interface of a provider: {@code <pod>.<namespace>.<provider>}, short for the
     * primary one.
     */
    public static String portName(String namespace, String pod, @Nullable String provider) {
        var primary = provider == null || provider.isEmpty() || provider.equals(PRIMARY_PROVIDER);
        return primary ? portName(namespace, pod) : portName(namespace, pod) + "." + provider;
    }

    /** Port (and {@code IP} object) of a node: {@code node-<node>}. */
    public static String nodePortName(String node) {
        return NODE_PREFIX + node;
    }

    /** Port of a router towards a switch: {@code <router>-<switch>}. */
    public static String routerPortName(String router, String logicalSwitch) {
        return router + "-" + logicalSwitch;
    }

    /** Port of a switch towards a router: {@code <switch>-<router>}. */
    public static String switchPortName(String logicalSwitch, String router) {
        return logicalSwitch + "-" + router;
    }
}
