package dev.weft.ipam.ledger;

import dev.weft.ipam.lease.Lease;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** What both tables have: whose lease it is, and of what. */
@MappedSuperclass
@NullUnmarked // filled by Hibernate
abstract class PortRow {
    @Id UUID id;
    String port;

    @Column(name = "owner_kind")
    String ownerKind;

    String namespace;
    String name;

    @Column(name = "owner_uid")
    String ownerUid;

    @Column(name = "node_name")
    String nodeName;

    String vpc;
    String subnet;
    String v4;
    String v6;
    String mac;
    String provider;

    @Column(name = "keeper_kind")
    String keeperKind;

    @Column(name = "keeper_name")
    String keeperName;

    @Column(name = "service_account")
    String serviceAccount;

    /** For Hibernate. */
    protected PortRow() {}

    PortRow(Lease lease) {
        id = lease.id();
        port = lease.port();
        ownerKind = lease.owner().kind().word();
        namespace = lease.owner().namespace();
        name = lease.owner().name();
        ownerUid = lease.owner().uid();
        nodeName = lease.nodeName();
        vpc = lease.vpc();
        subnet = lease.subnet();
        v4 = lease.addresses().get(Family.IPV4).map(IpAddress::toString).orElse(null);
        v6 = lease.addresses().get(Family.IPV6).map(IpAddress::toString).orElse(null);
        mac = lease.mac().toString();
        provider = lease.provider();
        serviceAccount = lease.usage().serviceAccount();
        var keeper = lease.keeper();
        if (keeper != null) {
            keeperKind = keeper.kind().word();
            keeperName = keeper.name();
        }
    }
}
