package dev.weft.ipam.ledger;

import dev.weft.ipam.lease.Keeper;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.LeaseOwner;
import dev.weft.ipam.lease.LeaseOwner.Kind;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A row of table {@code lease}. */
@Entity
@Table(name = "lease")
@NullUnmarked // filled by Hibernate
public class LeaseRow extends PortRow {
    @Column(name = "keeper_uid")
    String keeperUid;

    @Column(name = "port_security")
    boolean portSecurity;

    Instant since;

    /** For Hibernate. */
    protected LeaseRow() {}

    LeaseRow(Lease lease) {
        super(lease);
        var keeper = lease.keeper();
        if (keeper != null) {
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
