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

/** A private network: one logical router and the subnets on it; cluster-scoped. */
@Group(KubeOvn.GROUP)
@Version(KubeOvn.VERSION)
@Kind("Vpc")
@Plural("vpcs")
@Singular("vpc")
@ShortNames("vpc")
@PrinterColumn(name = "EnableExternal", path = ".status.enableExternal", type = "boolean")
@PrinterColumn(name = "EnableBfd", path = ".status.enableBfd", type = "boolean")
@PrinterColumn(name = "Standby", path = ".status.standby", type = "boolean")
@PrinterColumn(name = "Subnets", path = ".status.subnets")
@PrinterColumn(name = "ExtraExternalSubnets", path = ".status.extraExternalSubnets")
@PrinterColumn(name = "Namespaces", path = ".spec.namespaces")
@PrinterColumn(name = "DefaultSubnet", path = ".status.defaultLogicalSwitch")
@PrinterColumn(name = "Age", path = ".metadata.creationTimestamp", type = "date")
public final class Vpc extends CustomResource<VpcSpec, @Nullable VpcStatus> {

    private static final long serialVersionUID = 1L;

    /** For the client. */
    public Vpc() {}

    /** A VPC to create. */
    public Vpc(String name, VpcSpec spec) {
        getMetadata().setName(name);
        setSpec(spec);
    }

    @Override
    protected VpcSpec initSpec() {
        return VpcSpec.EMPTY;
    }

    @Override
    protected @Nullable VpcStatus initStatus() {
        return null;
    }
}
