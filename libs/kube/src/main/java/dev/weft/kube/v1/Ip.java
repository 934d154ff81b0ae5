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
 * The addresses of one interface, named like its logical port; cluster-scoped, without a status.
 */
@Group(KubeOvn.GROUP)
@Version(KubeOvn.VERSION)
@Kind("IP")
@Plural("ips")
@Singular("ip")
@ShortNames("ip")
@PrinterColumn(name = "V4IP", path = ".spec.v4IpAddress")
@PrinterColumn(name = "V6IP", path = ".spec.v6IpAddress")
@PrinterColumn(name = "Mac", path = ".spec.macAddress")
@PrinterColumn(name = "Node", path = ".spec.nodeName")
@PrinterColumn(name = "Subnet", path = ".spec.subnet")
public final class Ip extends CustomResource<IpSpec, @Nullable Void> {

    private static final long serialVersionUID = 1L;

    /** For the client. */
    public Ip() {}

    /** An object to create. */
    public Ip(String name, IpSpec spec) {
        getMetadata().setName(name);
        setSpec(spec);
    }

    @Override
    protected IpSpec initSpec() {
        return IpSpec.EMPTY;
    }
}
