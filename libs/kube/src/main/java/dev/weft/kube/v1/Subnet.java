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

/** A range of addresses and the rules of its logical switch; cluster-scoped. */
@Group(KubeOvn.GROUP)
@Version(KubeOvn.VERSION)
@Kind("Subnet")
@Plural("subnets")
@Singular("subnet")
@ShortNames("subnet")
@PrinterColumn(name = "Provider", path = ".spec.provider")
@PrinterColumn(name = "Vpc", path = ".spec.vpc")
@PrinterColumn(name = "Vlan", path = ".spec.vlan")
@PrinterColumn(name = "Protocol", path = ".spec.protocol")
@PrinterColumn(name = "CIDR", path = ".spec.cidrBlock")
@PrinterColumn(name = "Private", path = ".spec.private", type = "boolean")
@PrinterColumn(name = "NAT", path = ".spec.natOutgoing", type = "boolean")
@PrinterColumn(name = "Default", path = ".spec.default", type = "boolean")
@PrinterColumn(name = "GatewayType", path = ".spec.gatewayType")
@PrinterColumn(name = "V4Used", path = ".status.v4usingIPs", type = "number")
@PrinterColumn(name = "V4Available", path = ".status.v4availableIPs", type = "number")
@PrinterColumn(name = "V6Used", path = ".status.v6usingIPs", type = "number")
@PrinterColumn(name = "V6Available", path = ".status.v6availableIPs", type = "number")
@PrinterColumn(name = "ExcludeIPs", path = ".spec.excludeIps")
@PrinterColumn(name = "U2OInterconnectionIP", path = ".status.u2oInterconnectionIP")
public final class Subnet extends CustomResource<SubnetSpec, @Nullable SubnetStatus> {

    private static final long serialVersionUID = 1L;

    /** For the client. */
    public Subnet() {}

    /** A subnet to create. */
    public Subnet(String name, SubnetSpec spec) {
        getMetadata().setName(name);
        setSpec(spec);
    }

    @Override
    protected SubnetSpec initSpec() {
        return SubnetSpec.EMPTY;
    }

    @Override
    protected @Nullable SubnetStatus initStatus() {
        return null;
    }
}
