package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.OvsdbOptions;
import java.util.Optional;

/**
 * How {@link OvnDatabase} reaches and uses a database.
 *
 * @param ovsdb endpoints, TLS, back-off; its database name is the model's
 * @param model the tables to keep a replica of: all that owners' rows and their parents are in
 * @param service the first part of the owners whose rows are stated through this database, e.g.
 *     {@code vpc}
 * @param lock the OVSDB lock that every transaction asserts; empty where the database has one user
 *     by its nature
 * @param batch how many owners' changes go into one transaction at most
 */
public record OvnOptions(
        OvsdbOptions ovsdb, Model model, String service, Optional<String> lock, int batch) {
    private static final int BATCH = 500;

    public OvnOptions {
        if (!ovsdb.database().equals(model.database())) {
            throw new IllegalArgumentException(
                    "options are for database %s, the model for %s"
                            .formatted(ovsdb.database(), model.database()));
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1, not " + batch);
        }
    }

    /**
     * The usual options, without a lock.
     *
     * @param endpoints as {@link dev.weft.ovsdb.Endpoint#parse} takes them, e.g. {@code
     *     unix:/run/ovn/ovnnb_db.sock}
     */
    public static OvnOptions of(String endpoints, Model model, String service) {
        return new OvnOptions(
                OvsdbOptions.of(endpoints, model.database()),
                model,
                service,
                Optional.empty(),
                BATCH);
    }

    /**
     * With a lock that every transaction asserts: letters, digits and underscores, e.g. {@code
     * weft_vpc}.
     */
    public OvnOptions withLock(String id) {
        return new OvnOptions(ovsdb, model, service, Optional.of(id), batch);
    }

    public OvnOptions withOvsdb(OvsdbOptions other) {
        return new OvnOptions(other, model, service, lock, batch);
    }

    public OvnOptions withBatch(int owners) {
        return new OvnOptions(ovsdb, model, service, lock, owners);
    }

    /**
     * What the replica must hold for the planner: rows are found by name, by owner, and by what
     * they hold.
     */
    public static MonitorSpec monitor(Model model) {
        var spec = MonitorSpec.builder();
        for (Table table : model.tables()) {
            spec.table(table.name(), table.columns());
            if (table.identity() instanceof Identity.Named(Column<String> name, _)) {
                spec.index(name);
            }
            table.externalIds().ifPresent(ids -> spec.indexEntry(ids, Stamp.OWNER));
            table.references().stream()
                    .map(Reference::column)
                    .filter(column -> column.type().shape() == ColumnType.Shape.SET)
                    .forEach(column -> spec.indexMembers(Table.asReferenceSet(column)));
        }
        return spec.build();
    }
}
