package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ReplicaChange;
import dev.weft.ovsdb.ReplicaChange.RowChange;
import dev.weft.ovsdb.Row;
import dev.weft.ovsdb.notation.Compact;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds, from the changes of the replica, the owners whose rows need a look: rows that somebody
 * else changed or took away, and rows that somebody was held back by. Columns that we never write
 * (northd's {@code up}, say) do not count.
 */
final class DriftWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);

    private final Model model;
    private final String service;
    private final BiFunction<String, UUID, Optional<Row>> lookup;
    private final List<OwnerListener> listeners = new CopyOnWriteArrayList<>();

    private final Set<Column<?>> written = ConcurrentHashMap.newKeySet();
    private final Set<Column<Set<UUID>>> joined = ConcurrentHashMap.newKeySet();
    private final Map<RowRef, Set<Owner>> shared = new ConcurrentHashMap<>();
    private final Set<Owner> writing = ConcurrentHashMap.newKeySet();
    private final Map<RowRef, Set<Owner>> waiting = new HashMap<>();

    /**
     * @param lookup a row of the replica by table and UUID
     */
    DriftWatch(Model model, String service, BiFunction<String, UUID, Optional<Row>> lookup) {
        this.model = model;
        this.service = service;
        this.lookup = lookup;
    }

    void listen(OwnerListener listener) {
        listeners.add(listener);
    }

    /** Remembers which columns are ours to care for. */
    void learn(Desired desired) {
        for (RowSpec row : desired.rows()) {
            written.addAll(row.columns().keySet());
            row.memberColumns().stream()
                    .filter(column -> !isChildColumn(column))
                    .forEach(joined::add);
            if (row.isShared()) {
                shared.computeIfAbsent(row.ref(), _ -> ConcurrentHashMap.newKeySet())
                        .add(desired.owner());
            }
        }
    }

    /**
     * What changes on these owners' rows from here on is our own doing, or is found by planning
     * again afterwards.
     */
    void begin(Collection<Owner> owners) {
        writing.addAll(owners);
    }

    void end(Collection<Owner> owners) {
        writing.removeAll(owners);
    }

    /** The owner is to hear when one of the obstacles' rows comes, changes or goes. */
    synchronized void held(ChangeSet changes) {
        settled(changes.owner());
        changes.obstacles()
                .forEach(
                        obstacle ->
                                waiting.computeIfAbsent(obstacle.row(), _ -> new HashSet<>())
                                        .add(changes.owner()));
    }

    /** Nothing holds the owner back any more. */
    synchronized void settled(Owner owner) {
        if (!waiting.isEmpty()) {
            waiting.values().removeIf(owners -> owners.remove(owner) && owners.isEmpty());
        }
    }

    void tell(Owner owner) {
        tell(listener -> listener.changed(Set.of(owner)));
    }

    /** A listener's faults are neither the others' nor ours. */
    private void tell(Consumer<OwnerListener> news) {
        for (OwnerListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a listener of drift failed", e);
            }
        }
    }

    void accept(ReplicaChange change) {
        if (change.reset()) {
            tell(OwnerListener::reset);
            return;
        }
        var owners = new HashSet<Owner>();
        for (RowChange row : change.rows()) {
            model.table(row.table()).ifPresent(table -> collect(table, row, owners));
        }
        owners.removeIf(owner -> !owner.service().equals(service) || writing.contains(owner));
        if (!owners.isEmpty()) {
            tell(listener -> listener.changed(Set.copyOf(owners)));
        }
    }

    private void collect(Table table, RowChange change, Set<Owner> owners) {
        Row before = change.before();
        Row after = change.after();
        if (before != null && concerns(table, before, after)) {
            Stamp.owner(table, before).ifPresent(owners::add);
            owners.addAll(shared.getOrDefault(RowFinder.ref(table, before), Set.of()));
        }
        if (before != null && after != null) {
            Stamp.owner(table, after)
                    .filter(owner -> !Stamp.owner(table, before).equals(Optional.of(owner)))
                    .ifPresent(owners::add);
            joined.stream()
                    .filter(column -> column.table().equals(table.name()))
                    .forEach(column -> collectLeft(table, column, before, after, owners));
        }
        if (before == null && after != null) {
            Stamp.owner(table, after).ifPresent(owners::add);
            owners.addAll(shared.getOrDefault(RowFinder.ref(table, after), Set.of()));
        }
        collectWaiting(table, before, after, owners);
    }

    /** Whether a column that we write, or the stamp, is not what it was, or the row went. */
    private boolean concerns(Table table, Row before, @Nullable Row after) {
        if (after == null || !Stamp.owner(table, before).equals(Stamp.owner(table, after))) {
            return true;
        }
        for (Column<?> column : table.columns()) {
            boolean ours =
                    written.contains(column)
                            || table.identity() instanceof Identity.Named(var name, _)
                                    && name.equals(column);
            if (ours
                    && before.has(column)
                    && !Objects.equals(before.get(column), after.get(column))) {
                return true;
            }
        }
        return false;
    }

    /** Whoever was taken out of a set that it is in by {@code memberOf}, but does not live by. */
    private void collectLeft(
            Table table, Column<Set<UUID>> column, Row before, Row after, Set<Owner> owners) {
        var left = new HashSet<UUID>();
        Compact.difference(before.get(column), after.get(column), left::add, _ -> {});
        table.reference(column)
                .flatMap(r -> model.table(r.table()))
                .ifPresent(
                        target ->
                                left.forEach(
                                        uuid ->
                                                lookup.apply(target.name(), uuid)
                                                        .flatMap(row -> Stamp.owner(target, row))
                                                        .ifPresent(owners::add)));
    }

    private synchronized void collectWaiting(
            Table table, @Nullable Row before, @Nullable Row after, Set<Owner> owners) {
        if (waiting.isEmpty()) {
            return;
        }
        if (before != null) {
            owners.addAll(waiting.getOrDefault(RowFinder.ref(table, before), Set.of()));
        }
        if (after != null) {
            owners.addAll(waiting.getOrDefault(RowFinder.ref(table, after), Set.of()));
        }
    }

    private boolean isChildColumn(Column<?> column) {
        return model.table(column.table())
                .filter(table -> table.childColumns().contains(column))
                .isPresent();
    }
}
