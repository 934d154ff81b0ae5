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

/** Addresses of a subnet that only those get who ask for the pool; cluster-scoped. */
@Group(KubeOvn.GROUP)
@Version(KubeOvn.VERSION)
@Kind("IPPool")
@Plural("ippools")
@Singular("ippool")
@ShortNames("ippool")
@PrinterColumn(name = "Subnet", path = ".spec.subnet")
@PrinterColumn(name = "enableAddressSet", path = ".spec.enableAddressSet", type = "boolean")
@PrinterColumn(name = "IPs", path = ".spec.ips")
@PrinterColumn(name = "V4Used", path = ".status.v4UsingIPs", type = "number")
@PrinterColumn(name = "V4Available", path = ".status.v4AvailableIPs", type = "number")
@PrinterColumn(name = "V6Used", path = ".status.v6UsingIPs", type = "number")
@PrinterColumn(name = "V6Available", path = ".status.v6AvailableIPs", type = "number")
public final class IpPool extends CustomResource<IpPoolSpec, @Nullable IpPoolStatus> {

    private static final long serialVersionUID = 1L;

    /** For the client. */
    public IpPool() {}

    /** An object to create. */
    public IpPool(String name, IpPoolSpec spec) {
        getMetadata().setName(name);
        setSpec(spec);
    }

    @Override
    protected IpPoolSpec initSpec() {
        return IpPoolSpec.EMPTY;
    }

    @Override
    protected @Nullable IpPoolStatus initStatus() {
        return null;
    }
}
