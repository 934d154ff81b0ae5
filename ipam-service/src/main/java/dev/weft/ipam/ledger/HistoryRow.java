package dev.weft.ipam.ledger;

import dev.weft.ipam.lease.Lease;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** A row of table {@code lease_history}. */
@Entity
@Table(name = "lease_history")
@NullUnmarked // filled by Hibernate
public class HistoryRow {
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

    Instant began;
    Instant ended;

    @Column(name = "end_reason")
    String endReason;

    /** For Hibernate. */
    protected HistoryRow() {}

    /** The open row of a lease that begins. */
    HistoryRow(Lease lease) {
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
        began = lease.since();
    }

    Tenure toTenure() {
        return new Tenure(
                id,
                port,
                ownerKind,
                namespace,
                name,
                ownerUid,
                nodeName,
                serviceAccount,
                keeperKind == null ? null : keeperKind + " " + keeperName,
                provider,
                vpc,
                subnet,
                v4,
                v6,
                mac,
                began,
                ended,
                endReason);
    }
}
