package dev.weft.ipam.ledger;

import dev.weft.ipam.lease.Keeper;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.LeaseOwner;
import dev.weft.ipam.lease.LeaseOwner.Kind;
import dev.weft.net.DualStack;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** A row of table {@code lease}. */
@Entity
@Table(name = "lease")
@NullUnmarked // filled by Hibernate
public class LeaseRow {
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

    @Column(name = "keeper_uid")
    String keeperUid;

    @Column(name = "service_account")
    String serviceAccount;

    @Column(name = "port_security")
    boolean portSecurity;

    Instant since;

    /** For Hibernate. */
    protected LeaseRow() {}

    LeaseRow(Lease lease) {
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
            keeperUid = keeper.uid();
        }
        portSecurity = lease.portSecurity();
        since = lease.since();
    }

    Lease toLease() {
        return new Lease(
                id,
                port,
                new LeaseOwner(Kind.of(ownerKind), namespace, name, ownerUid),
                provider,
                new Lease.Usage(
                        nodeName,
                        serviceAccount,
                        keeperKind == null
                                ? null
                                : new Keeper(Keeper.Kind.of(keeperKind), keeperName, keeperUid),
                        portSecurity),
                vpc,
                subnet,
                new DualStack<>(
                        v4 == null ? null : IpAddress.parse(v4),
                        v6 == null ? null : IpAddress.parse(v6)),
                MacAddress.parse(mac),
                since);
    }
}
