package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the planner must know of a table: how rows are named, how they live and die, and where the
 * stamp goes.
 */
public final class Table {
    private final String name;
    private final Identity identity;
    private final boolean root;
    private final Optional<Column<Map<String, String>>> externalIds;
    private final List<Column<?>> columns;
    private final List<Reference> references;

    private Table(Builder builder) {
        name = builder.name;
        identity = builder.identity;
        root = builder.root;
        externalIds = builder.externalIds;
        columns = List.copyOf(builder.columns);
        references = List.copyOf(builder.references);
    }

    /** A table whose index is this one column. */
    public static Builder uniquelyNamed(String table, Column<String> name) {
        return new Builder(table, new Identity.Named(name, true));
    }

    /** A table whose rows we tell by this column although the database allows it twice. */
    public static Builder named(String table, Column<String> name) {
        return new Builder(table, new Identity.Named(name, false));
    }

    /** A table whose rows have no name: ours carry {@code weft-key}. */
    public static Builder keyed(String table) {
        return new Builder(table, new Identity.Keyed());
    }

    /** A table of one row. */
    public static Builder singleton(String table) {
        return new Builder(table, new Identity.Singleton());
    }

    public String name() {
        return name;
    }

    public Identity identity() {
        return identity;
    }

    /**
     * Whether rows stay without being referred to; rows of other tables go when their last strong
     * reference goes.
     */
    public boolean root() {
        return root;
    }

    /**
     * Where the stamp goes; empty for a table that has no {@code external_ids}: we cannot own rows
     * there.
     */
    public Optional<Column<Map<String, String>>> externalIds() {
        return externalIds;
    }

    /** The columns that we know. */
    public List<Column<?>> columns() {
        return columns;
    }

    public List<Reference> references() {
        return references;
    }

    /** What kind of reference a column holds; empty when it holds none. */
    public Optional<Reference> reference(Column<?> column) {
        return references.stream().filter(r -> r.column().equals(column)).findFirst();
    }

    /** The sets whose members live by being in them. */
    public List<Column<?>> childColumns() {
        return references.stream()
                .filter(
                        r ->
                                r.kind() == Reference.Kind.OWNS
                                        && r.column().type().shape() == ColumnType.Shape.SET)
                .<Column<?>>map(Reference::column)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Collects a table's facts; used by the generated classes. */
    public static final class Builder {
        private final String name;
        private final Identity identity;
        private boolean root;
        private Optional<Column<Map<String, String>>> externalIds = Optional.empty();
        private List<Column<?>> columns = List.of();
        private final List<Reference> references = new ArrayList<>();

        private Builder(String name, Identity identity) {
            this.name = name;
            this.identity = identity;
        }

        public Builder root() {
            root = true;
            return this;
        }

        public Builder stampedIn(Column<Map<String, String>> column) {
            externalIds = Optional.of(column);
            return this;
        }

        public Builder reference(Column<?> column, Reference.Kind kind, String table) {
            references.add(new Reference(column, kind, table));
            return this;
        }

        public Builder columns(Column<?>... all) {
            columns = List.of(all);
            return this;
        }

        public Table build() {
            return new Table(this);
        }
    }

    /** A column that is a set of references, typed so that its members can be looked at. */
    @SuppressWarnings(
            "unchecked") // references are UUIDs by definition; shape is checked by the caller's
    // choice of column
    static Column<Set<UUID>> asReferenceSet(Column<?> column) {
        return (Column<Set<UUID>>) column;
    }
}
