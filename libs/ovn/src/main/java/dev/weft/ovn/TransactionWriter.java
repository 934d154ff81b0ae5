package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.Condition;
import dev.weft.ovsdb.Mutation;
import dev.weft.ovsdb.Operation;
import dev.weft.ovsdb.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Turns the change sets of several owners into one transaction: lock, guards, inserts, changes in
 * place, deletes. Members that several owners put into one set travel in one mutation.
 */
final class TransactionWriter {
    private static final int NAMED_IN_COMMENT = 3;

    private record RowId(String table, UUID uuid) {}

    private final Transaction transaction = new Transaction();
    private final Map<RowId, Map<Column<?>, Object>> updates = new LinkedHashMap<>();
    private final Map<RowId, Map<Column<?>, Set<Object>>> added = new LinkedHashMap<>();
    private final Map<RowId, Map<Column<?>, Set<Object>>> removed = new LinkedHashMap<>();
    private final Map<RowId, List<Mutation>> entries = new LinkedHashMap<>();
    private final Set<RowId> deletes = new LinkedHashSet<>();

    private TransactionWriter() {}

    static Transaction write(List<ChangeSet> changeSets, Optional<String> lock) {
        return new TransactionWriter().add(changeSets, lock);
    }

    private Transaction add(List<ChangeSet> changeSets, Optional<String> lock) {
        lock.ifPresent(transaction::assertLock);
        var guards = new LinkedHashSet<Guard>();
        changeSets.forEach(changeSet -> guards.addAll(changeSet.guards()));
        guards.forEach(this::add);
        changeSets.forEach(changeSet -> changeSet.changes().forEach(this::add));
        updates.forEach((row, values) -> transaction.update(row.table(), where(row), values));
        var mutated = new LinkedHashSet<>(added.keySet());
        mutated.addAll(removed.keySet());
        mutated.addAll(entries.keySet());
        mutated.forEach(row -> transaction.mutate(row.table(), where(row), mutations(row)));
        deletes.forEach(row -> transaction.delete(row.table(), where(row)));
        return transaction.comment(comment(changeSets));
    }

    private void add(Guard guard) {
        switch (guard) {
            case Guard.NameFree(var column, var name) ->
                    transaction.waitForNone(column.table(), List.of(Condition.equal(column, name)));
            case Guard.RowThere(var table, var uuid) -> {
                var id = Column.uuid(table.name());
                expect(table.name(), uuid, List.of(id), Map.of(id, uuid));
            }
            case Guard.ChildrenAre(var table, var uuid, var children) ->
                    expect(table.name(), uuid, List.copyOf(children.keySet()), children);
        }
    }

    private void expect(
            String table,
            UUID uuid,
            List<? extends Column<?>> columns,
            Map<? extends Column<?>, ?> row) {
        transaction.waitFor(
                table,
                List.of(Condition.uuid(table, uuid)),
                columns,
                Operation.Until.EQUAL,
                List.of(row),
                Duration.ZERO);
    }

    private void add(Change change) {
        switch (change) {
            case Change.Insert insert ->
                    transaction.insert(insert.row().table().name(), insert.name(), insert.values());
            case Change.Modify modify -> {
                var row = new RowId(modify.row().table().name(), modify.uuid());
                modify.edits().forEach(edit -> add(row, edit));
            }
            case Change.Delete delete ->
                    deletes.add(new RowId(delete.row().table().name(), delete.uuid()));
            case Change.Vanish _ -> {}
        }
    }

    private void add(RowId row, Change.Edit edit) {
        switch (edit) {
            case Change.Edit.Assign(var column, _, var after) ->
                    updates.computeIfAbsent(row, _ -> new LinkedHashMap<>()).put(column, after);
            case Change.Edit.Members(var column, var in, var out) -> {
                gather(added, row, column, in);
                gather(removed, row, column, out);
            }
            case Change.Edit.Entries(var column, var put, var gone, var replaced) -> {
                var mutations = entries.computeIfAbsent(row, _ -> new ArrayList<>());
                var keys = new LinkedHashSet<Object>(gone);
                keys.addAll(replaced);
                if (!keys.isEmpty()) {
                    mutations.add(Mutation.delete(column, keys));
                }
                if (!put.isEmpty()) {
                    mutations.add(Mutation.insert(column, put));
                }
            }
        }
    }

    private static void gather(
            Map<RowId, Map<Column<?>, Set<Object>>> into,
            RowId row,
            Column<?> column,
            Set<Object> members) {
        if (!members.isEmpty()) {
            into.computeIfAbsent(row, _ -> new LinkedHashMap<>())
                    .computeIfAbsent(column, _ -> new LinkedHashSet<>())
                    .addAll(members);
        }
    }

    /** Inserts before deletes, so that a set that must not be empty is not so in between. */
    private List<Mutation> mutations(RowId row) {
        var mutations = new ArrayList<Mutation>();
        added.getOrDefault(row, Map.of())
                .forEach((column, in) -> mutations.add(Mutation.insert(column, in)));
        removed.getOrDefault(row, Map.of())
                .forEach((column, out) -> mutations.add(Mutation.delete(column, out)));
        mutations.addAll(entries.getOrDefault(row, List.of()));
        return mutations;
    }

    private static List<Condition> where(RowId row) {
        return List.of(Condition.uuid(row.table(), row.uuid()));
    }

    private static String comment(List<ChangeSet> changeSets) {
        String names =
                changeSets.stream()
                        .limit(NAMED_IN_COMMENT)
                        .map(changeSet -> changeSet.owner().toString())
                        .collect(Collectors.joining(", "));
        int more = changeSets.size() - NAMED_IN_COMMENT;
        return "weft: " + names + (more > 0 ? " and " + more + " more" : "");
    }
}
