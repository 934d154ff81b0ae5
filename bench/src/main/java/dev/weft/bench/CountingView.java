package dev.weft.bench;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.Row;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A view that counts the rows it gives out and the questions it is asked. */
final class CountingView implements Replica.View {
    private final Replica.View view;
    private int rows;
    private int questions;

    CountingView(Replica.View view) {
        this.view = view;
    }

    int rows() {
        return rows;
    }

    int questions() {
        return questions;
    }

    @Override
    public Optional<Row> row(String table, UUID uuid) {
        var row = view.row(table, uuid);
        count(row.isPresent() ? 1 : 0);
        return row;
    }

    @Override
    public Collection<Row> rows(String table) {
        var all = view.rows(table);
        count(all.size());
        return all;
    }

    @Override
    public <T> List<Row> find(Column<T> indexed, T value) {
        return counted(view.find(indexed, value));
    }

    @Override
    public <K, V> List<Row> findByMapEntry(Column<Map<K, V>> indexed, K key, V value) {
        return counted(view.findByMapEntry(indexed, key, value));
    }

    @Override
    public <E> List<Row> findByMember(Column<Set<E>> indexed, E member) {
        return counted(view.findByMember(indexed, member));
    }

    private List<Row> counted(List<Row> found) {
        count(found.size());
        return found;
    }

    private void count(int given) {
        questions++;
        rows += given;
    }
}
