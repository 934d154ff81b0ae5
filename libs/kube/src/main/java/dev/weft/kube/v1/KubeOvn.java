package dev.weft.kube.v1;

/** What all kinds of the group have in common. */
public final class KubeOvn {

    /** The API group. */
    public static final String GROUP = "kubeovn.io";

    /** The only served and stored version. */
    public static final String VERSION = "v1";

    /** The finalizer on every object that owns data-plane state. */
    public static final String FINALIZER = "kubeovn.io/kube-ovn-controller";

    private KubeOvn() {}
}
