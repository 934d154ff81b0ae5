package dev.weft.ipam.ledger;

import dev.weft.ipam.lease.Keeper;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.ledger.LedgerChange.Amend;
import dev.weft.ipam.ledger.LedgerChange.Begin;
import dev.weft.ipam.ledger.LedgerChange.Ending;
import dev.weft.net.IpAddress;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of a batch, in few statements. */
final class BatchRows {

    private BatchRows() {}

    /** Writes leases, history and messages. */
    static Uni<Void> write(Mutiny.StatelessSession session, Batch batch) {
        var changes = batch.changes().stream().map(Batch.Entry::change).toList();
        var begun = only(changes, Begin.class).map(Begin::lease).toList();
        var amended = only(changes, Amend.class).map(Amend::lease).toList();
        return end(session, batch)
                .chain(() -> amend(session, amended))
                .chain(() -> insert(session, begun.stream().map(LeaseRow::new).toArray()))
                .chain(() -> insert(session, begun.stream().map(HistoryRow::new).toArray()))
                .chain(
                        () ->
                                insert(
                                        session,
                                        batch.changes().stream()
                                                .map(entry -> new OutboxRow(entry.message()))
                                                .toArray()));
    }

    /** Ended leases go first, so that what they held can be had again in the same commit. */
    private static Uni<Void> end(Mutiny.StatelessSession session, Batch batch) {
        var released = new HashMap<String, String>();
        var endings = new ArrayList<Ending>();
        for (var entry : batch.changes()) {
            entry.change()
                    .ending()
                    .ifPresent(
                            ending -> {
                                endings.add(ending);
                                for (var address : freed(entry.change(), ending)) {
                                    released.put(
                                            ending.lease().vpc() + " " + address,
                                            entry.message().position() + " " + ending.at());
                                }
                            });
        }
        if (endings.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var ids = endings.stream().map(ending -> ending.lease().id());
        var closing =
                session.createNativeQuery(
                                "update lease_history h set ended = greatest(e.at, h.began),"
                                        + " end_reason = e.reason from (select cast(split_part(line, '"
                                        + " ', 1) as uuid) id, split_part(line, ' ', 2) reason,"
                                        + " cast(split_part(line, ' ', 3) as timestamptz) at from"
                                        + " unnest(string_to_array(:lines, ',')) line) e where h.id ="
                                        + " e.id")
                        .setParameter(
                                "lines",
                                endings.stream()
                                        .map(e -> e.lease().id() + " " + e.reason() + " " + e.at())
                                        .collect(Collectors.joining(",")));
        var noting =
                session.createNativeQuery(
                                "insert into released (vpc, address, position, at) select"
                                        + " split_part(line, ' ', 1), split_part(line, ' ', 2),"
                                        + " cast(split_part(line, ' ', 3) as bigint),"
                                        + " cast(split_part(line, ' ', 4) as timestamptz) from"
                                        + " unnest(string_to_array(:lines, ',')) line on conflict (vpc,"
                                        + " address) do update set position = excluded.position, at ="
                                        + " excluded.at")
                        .setParameter(
                                "lines",
                                released.entrySet().stream()
                                        .map(entry -> entry.getKey() + " " + entry.getValue())
                                        .collect(Collectors.joining(",")));
        return session.createNativeQuery(
                        "delete from lease where id = any(cast(string_to_array(:ids, ',') as"
                                + " uuid[]))")
                .setParameter("ids", ids.map(UUID::toString).collect(Collectors.joining(",")))
                .executeUpdate()
                .invoke(rows -> expect(endings.size(), rows, "ended"))
                .chain(closing::executeUpdate)
                .chain(noting::executeUpdate)
                .replaceWithVoid();
    }

    /** What nobody holds any more; a successor may go on with some of it. */
    private static List<IpAddress> freed(LedgerChange change, Ending ending) {
        var kept =
                change instanceof Begin(var lease, _, _) && lease.vpc().equals(ending.lease().vpc())
                        ? lease.addresses().stream().toList()
                        : List.<IpAddress>of();
        return ending.lease().addresses().stream()
                .filter(address -> !kept.contains(address))
                .toList();
    }

    private static Uni<Void> amend(Mutiny.StatelessSession session, List<Lease> leases) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (var lease : leases) {
            done =
                    done.chain(
                            () ->
                                    session.createNativeQuery(
                                                    "with l as (update lease set node_name = :node,"
                                                            + " port_security = :security,"
                                                            + " service_account = :account, keeper_kind"
                                                            + " = :keeper, keeper_name = :keeperName,"
                                                            + " keeper_uid = :keeperUid where id = :id)"
                                                            + " update lease_history set node_name ="
                                                            + " :node, service_account = :account,"
                                                            + " keeper_kind = :keeper, keeper_name ="
                                                            + " :keeperName where id = :id and ended is"
                                                            + " null")
                                            .setParameter("node", lease.nodeName())
                                            .setParameter("account", lease.usage().serviceAccount())
                                            .setParameter(
                                                    "keeper", keeper(lease, k -> k.kind().word()))
                                            .setParameter("keeperName", keeper(lease, Keeper::name))
                                            .setParameter("keeperUid", keeper(lease, Keeper::uid))
                                            .setParameter("security", lease.portSecurity())
                                            .setParameter("id", lease.id())
                                            .executeUpdate()
                                            .invoke(rows -> expect(1, rows, "amended"))
                                            .replaceWithVoid());
        }
        return done;
    }

    private static @Nullable String keeper(Lease lease, Function<Keeper, String> what) {
        return lease.keeper() == null ? null : what.apply(lease.keeper());
    }

    private static Uni<Void> insert(Mutiny.StatelessSession session, Object[] rows) {
        return rows.length == 0
                ? Uni.createFrom().voidItem()
                : session.insertAll(rows.length, rows);
    }

    private static <T> Stream<T> only(List<LedgerChange> changes, Class<T> kind) {
        return changes.stream().filter(kind::isInstance).map(kind::cast);
    }

    private static void expect(int wanted, int rows, String what) {
        if (rows != wanted) {
            throw new LedgerException.Rejected(
                    "%d leases %s, the ledger has %d of them".formatted(wanted, what, rows),
                    new IllegalStateException("ledger and memory differ"));
        }
    }
}
