package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.Row;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Finds rows by what we call them, through the replica's indexes only. */
final class RowFinder {
    private record OwnedTable(Owner owner, Table table) {}

    private final Replica.View view;
    private final Map<OwnedTable, Map<String, Row>> keyed = new HashMap<>();

    RowFinder(Replica.View view) {
        this.view = view;
    }

    /**
     * The rows that a reference may mean: more than one only where the database allows a name
     * twice.
     */
    List<Row> find(RowRef ref) {
        return switch (ref.table().identity()) {
            case Identity.Named(Column<String> name, _) -> ordered(view.find(name, ref.key()));
            case Identity.Singleton() -> List.copyOf(view.rows(ref.table().name()));
            case Identity.Keyed() -> {
                Owner owner =
                        ref.whose()
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        ref
                                                                + ": rows of this table are found by owner"));
                Row row = keyed(owner, ref.table()).get(ref.key());
                yield row == null ? List.of() : List.of(row);
            }
        };
    }

    /** The owner's rows in a table, in a fixed order. */
    List<Row> owned(Owner owner, Table table) {
        return table.externalIds()
                .map(ids -> ordered(view.findByMapEntry(ids, Stamp.OWNER, owner.toString())))
                .orElse(List.of());
    }

    /** The rows whose set in this column has this member. */
    List<Row> holding(Column<Set<UUID>> column, UUID member) {
        return view.findByMember(column, member);
    }

    /** What we call a row that was found; by its UUID where it has no name. */
    static RowRef ref(Table table, Row row) {
        return switch (table.identity()) {
            case Identity.Singleton() -> RowRef.singleton(table);
            case Identity.Named(Column<String> name, _) ->
                    RowRef.of(
                            table, row.get(name).isEmpty() ? row.uuid().toString() : row.get(name));
            case Identity.Keyed() ->
                    new RowRef(
                            table,
                            Stamp.key(table, row)
                                    .filter(k -> !k.isEmpty())
                                    .orElse(row.uuid().toString()),
                            Stamp.owner(table, row).orElse(null));
        };
    }

    private Map<String, Row> keyed(Owner owner, Table table) {
        return keyed.computeIfAbsent(
                new OwnedTable(owner, table),
                _ -> {
                    var byKey = new HashMap<String, Row>();
                    owned(owner, table)
                            .forEach(
                                    row ->
                                            Stamp.key(table, row)
                                                    .ifPresent(key -> byKey.putIfAbsent(key, row)));
                    return byKey;
                });
    }

    private static List<Row> ordered(Collection<Row> rows) {
        return rows.size() < 2
                ? List.copyOf(rows)
                : rows.stream().sorted(Comparator.comparing(Row::uuid)).toList();
    }
}
