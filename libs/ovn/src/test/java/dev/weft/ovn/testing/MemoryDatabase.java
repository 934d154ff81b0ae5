package dev.weft.ovn.testing;

import dev.weft.ovn.Identity;
import dev.weft.ovn.Model;
import dev.weft.ovn.Reference;
import dev.weft.ovn.Table;
import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import dev.weft.ovsdb.Condition;
import dev.weft.ovsdb.Mutation;
import dev.weft.ovsdb.NamedUuid;
import dev.weft.ovsdb.Operation;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.Row;
import dev.weft.ovsdb.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What ovsdb-server does with transactions, as far as the planner's work needs it: named UUIDs,
 * guards, unique names, strong references that keep rows alive and weak ones that go with theirs.
 */
public final class MemoryDatabase implements Replica.View {
    private static final AtomicLong NEXT = new AtomicLong(1);

    private final Model model;
    private final Map<String, Map<UUID, MemoryRow>> tables = new LinkedHashMap<>();

    public MemoryDatabase(Model model) {
        this.model = model;
        model.tables().forEach(table -> tables.put(table.name(), new LinkedHashMap<>()));
    }

    /** Puts a row in as it is, for the making of states. */
    public UUID put(Table table, Map<Column<?>, Object> values) {
        UUID uuid = new UUID(0x5eed, NEXT.getAndIncrement());
        rowsOf(table.name()).put(uuid, new MemoryRow(table.name(), uuid, new HashMap<>(values)));
        return uuid;
    }

    /** Sets a column as it is, for the making of states. */
    public <T> void set(Row row, Column<T> column, T value) {
        ((MemoryRow) row(row.table(), row.uuid()).orElseThrow()).values().put(column, value);
    }

    /** A copy that lives its own life. */
    public MemoryDatabase copy() {
        var copy = new MemoryDatabase(model);
        tables.forEach(
                (name, rows) ->
                        rows.forEach(
                                (uuid, row) ->
                                        copy.rowsOf(name)
                                                .put(
                                                        uuid,
                                                        new MemoryRow(
                                                                name,
                                                                uuid,
                                                                new HashMap<>(row.values())))));
        return copy;
    }

    @Override
    public Optional<Row> row(String table, UUID uuid) {
        return Optional.ofNullable(rowsOf(table).get(uuid));
    }

    @Override
    public Collection<Row> rows(String table) {
        return List.copyOf(rowsOf(table).values());
    }

    @Override
    public <T> List<Row> find(Column<T> indexed, T value) {
        return rows(indexed.table()).stream()
                .filter(row -> row.get(indexed).equals(value))
                .toList();
    }

    @Override
    public <K, V> List<Row> findByMapEntry(Column<Map<K, V>> indexed, K key, V value) {
        return rows(indexed.table()).stream()
                .filter(row -> value.equals(row.get(indexed).get(key)))
                .toList();
    }

    @Override
    public <E> List<Row> findByMember(Column<Set<E>> indexed, E member) {
        return rows(indexed.table()).stream()
                .filter(row -> row.get(indexed).contains(member))
                .toList();
    }

    /** Carries a transaction out, or throws and is then not to be used any more. */
    public void transact(Transaction transaction) {
        var names = new HashMap<NamedUuid, UUID>();
        for (Operation operation : transaction.operations()) {
            if (operation instanceof Operation.Insert insert && insert.name() != null) {
                names.put(insert.name(), new UUID(0xbeef, NEXT.getAndIncrement()));
            }
        }
        for (Operation operation : transaction.operations()) {
            carryOut(operation, names);
        }
        collectGarbage();
        checkNames();
    }

    private void carryOut(Operation operation, Map<NamedUuid, UUID> names) {
        switch (operation) {
            case Operation.Insert insert -> {
                UUID uuid = names.get(insert.name());
                var values = new HashMap<Column<?>, Object>();
                insert.row().forEach((column, value) -> values.put(column, resolve(value, names)));
                rowsOf(insert.table()).put(uuid, new MemoryRow(insert.table(), uuid, values));
            }
            case Operation.Update update ->
                    matching(update.table(), update.where())
                            .forEach(
                                    row ->
                                            update.row()
                                                    .forEach(
                                                            (column, value) ->
                                                                    row.values()
                                                                            .put(
                                                                                    column,
                                                                                    resolve(
                                                                                            value,
                                                                                            names))));
            case Operation.Mutate mutate ->
                    matching(mutate.table(), mutate.where())
                            .forEach(
                                    row ->
                                            mutate.mutations()
                                                    .forEach(
                                                            mutation ->
                                                                    apply(row, mutation, names)));
            case Operation.Delete delete ->
                    matching(delete.table(), delete.where())
                            .forEach(row -> rowsOf(delete.table()).remove(row.uuid()));
            case Operation.Wait wait -> check(wait);
            case Operation.Comment _, Operation.Assert _ -> {}
            case Operation.Select _, Operation.Commit _, Operation.Abort _ ->
                    throw new UnsupportedOperationException(operation.toString());
        }
    }

    private void check(Operation.Wait wait) {
        var found =
                matching(wait.table(), wait.where())
                        .map(
                                row -> {
                                    var values = new HashMap<Column<?>, Object>();
                                    wait.columns()
                                            .forEach(
                                                    column ->
                                                            values.put(column, value(row, column)));
                                    return values;
                                })
                        .toList();
        if (!Set.copyOf(found).equals(Set.copyOf(wait.rows()))) {
            throw new AssertionError("guard does not hold: " + wait + ", there is " + found);
        }
    }

    private Stream<MemoryRow> matching(String table, List<Condition> where) {
        return List.copyOf(rowsOf(table).values()).stream()
                .filter(
                        row ->
                                where.stream()
                                        .allMatch(c -> value(row, c.column()).equals(c.value())));
    }

    private static Object value(MemoryRow row, Column<?> column) {
        return column.name().equals(Column.UUID_NAME) ? row.uuid() : row.get(column);
    }

    private static void apply(MemoryRow row, Mutation mutation, Map<NamedUuid, UUID> names) {
        Object current = row.get(mutation.column());
        Object operand = resolve(mutation.value(), names);
        boolean insert = mutation.mutator() == Mutation.Mutator.INSERT;
        Object result;
        if (current instanceof Map<?, ?> map) {
            var changed = new HashMap<Object, Object>(map);
            if (insert) {
                ((Map<?, ?>) operand).forEach(changed::putIfAbsent);
            } else {
                changed.keySet().removeAll((Collection<?>) operand);
            }
            result = Map.copyOf(changed);
        } else {
            var changed = new HashSet<Object>((Set<?>) current);
            if (insert) {
                changed.addAll((Collection<?>) operand);
            } else {
                changed.removeAll((Collection<?>) operand);
            }
            result = Set.copyOf(changed);
        }
        row.values().put(mutation.column(), result);
    }

    private static Object resolve(Object value, Map<NamedUuid, UUID> names) {
        return switch (value) {
            case NamedUuid name -> Optional.<Object>ofNullable(names.get(name)).orElseThrow();
            case Optional<?> optional -> optional.map(each -> resolve(each, names));
            case Map<?, ?> map -> {
                var resolved = new LinkedHashMap<Object, Object>();
                map.forEach((key, each) -> resolved.put(key, resolve(each, names)));
                yield resolved;
            }
            case Collection<?> collection -> {
                var resolved = new LinkedHashSet<Object>();
                collection.forEach(each -> resolved.add(resolve(each, names)));
                yield resolved;
            }
            default -> value;
        };
    }

    /**
     * What the server does at commit, in its order: no strong reference may lead nowhere; rows of
     * other than root tables go when no strong reference is left; then weak references to rows that
     * went.
     */
    public void collectGarbage() {
        forEachReference(
                (row, reference, target) -> {
                    if (reference.kind() != Reference.Kind.POINTS_TO
                            && !rowsOf(reference.table()).containsKey(target)) {
                        throw new AssertionError(
                                "referential integrity: " + row + " refers to missing " + target);
                    }
                });
        boolean again = true;
        while (again) {
            var alive = new HashSet<Object>();
            forEachReference(
                    (_, reference, target) -> {
                        if (reference.kind() != Reference.Kind.POINTS_TO) {
                            alive.add(target);
                        }
                    });
            again = false;
            for (Table table : model.tables()) {
                again |= !table.root() && rowsOf(table.name()).keySet().retainAll(alive);
            }
        }
        forEachReference(
                (row, reference, target) -> {
                    if (!rowsOf(reference.table()).containsKey(target)) {
                        Object current = row.get(reference.column());
                        row.values()
                                .put(
                                        reference.column(),
                                        current instanceof Optional<?>
                                                ? Optional.empty()
                                                : without((Set<?>) current, target));
                    }
                });
    }

    private interface ReferenceVisitor {
        void visit(MemoryRow row, Reference reference, UUID target);
    }

    private void forEachReference(ReferenceVisitor visitor) {
        for (Table table : model.tables()) {
            for (Reference reference : table.references()) {
                if (model.table(reference.table()).isEmpty()) {
                    continue;
                }
                for (MemoryRow row : List.copyOf(rowsOf(table.name()).values())) {
                    targets(row.get(reference.column()))
                            .forEach(target -> visitor.visit(row, reference, target));
                }
            }
        }
    }

    private static List<UUID> targets(Object value) {
        Collection<?> all =
                switch (value) {
                    case Optional<?> optional -> optional.stream().toList();
                    case Map<?, ?> map -> map.values();
                    case Collection<?> collection -> collection;
                    default -> List.of(value);
                };
        return new ArrayList<>(all).stream().map(UUID.class::cast).toList();
    }

    private static Set<Object> without(Set<?> set, UUID member) {
        var rest = new HashSet<Object>(set);
        rest.remove(member);
        return Set.copyOf(rest);
    }

    private void checkNames() {
        for (Table table : model.tables()) {
            if (table.identity() instanceof Identity.Named(Column<String> name, boolean unique)
                    && unique) {
                long different =
                        rowsOf(table.name()).values().stream()
                                .map(row -> row.get(name))
                                .distinct()
                                .count();
                if (different < rowsOf(table.name()).size()) {
                    throw new AssertionError(
                            "constraint violation: names of " + table + " are not unique");
                }
            }
            for (Column<?> column : table.columns()) {
                for (MemoryRow row : rowsOf(table.name()).values()) {
                    boolean set = row.get(column) instanceof Set<?>;
                    if (set != (column.type().shape() == ColumnType.Shape.SET)) {
                        throw new AssertionError(column + " holds " + row.get(column));
                    }
                }
            }
        }
    }

    private Map<UUID, MemoryRow> rowsOf(String table) {
        return tables.get(table);
    }
}
