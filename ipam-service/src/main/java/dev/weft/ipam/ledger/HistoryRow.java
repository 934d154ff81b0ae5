package dev.weft.ipam.ledger;

import dev.weft.ipam.lease.Lease;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A row of table {@code lease_history}. */
@Entity
@Table(name = "lease_history")
@NullUnmarked // filled by Hibernate
public class HistoryRow extends PortRow {
    Instant began;
    Instant ended;

    @Column(name = "end_reason")
    String endReason;

    /** For Hibernate. */
    protected HistoryRow() {}

    /** The open row of a lease that begins. */
    HistoryRow(Lease lease) {
        super(lease);
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
