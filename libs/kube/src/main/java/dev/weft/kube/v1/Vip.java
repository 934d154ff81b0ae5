package dev.weft.kube.v1;

import dev.weft.kube.crd.PrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/**
 * An address that is kept for itself: shared by several ports, a pod's own, or a load balancer's;
 * cluster-scoped. Its status is part of the object, not a subresource.
 */
@Group(KubeOvn.GROUP)
@Version(KubeOvn.VERSION)
@Kind("Vip")
@Plural("vips")
@Singular("vip")
@ShortNames("vip")
@PrinterColumn(name = "Namespace", path = ".spec.namespace")
@PrinterColumn(name = "V4IP", path = ".status.v4ip")
@PrinterColumn(name = "V6IP", path = ".status.v6ip")
@PrinterColumn(name = "Mac", path = ".status.mac")
@PrinterColumn(name = "Subnet", path = ".spec.subnet")
@PrinterColumn(name = "Type", path = ".status.type")
public final class Vip extends CustomResource<VipSpec, @Nullable VipStatus> {

    private static final long serialVersionUID = 1L;

    /** For the client. */
    public Vip() {}

    /** An object to create. */
    public Vip(String name, VipSpec spec) {
        getMetadata().setName(name);
        setSpec(spec);
    }

    @Override
    protected VipSpec initSpec() {
        return VipSpec.EMPTY;
    }

    @Override
    protected @Nullable VipStatus initStatus() {
        return null;
    }
}
