package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The tables of one database that we know, and which sets their rows live in. */
public final class Model {
    private final String database;
    private final Map<String, Table> tables;
    private final Map<String, List<Column<Set<UUID>>>> parentColumns = new HashMap<>();

    private Model(String database, Map<String, Table> tables) {
        this.database = database;
        this.tables = tables;
        for (Table table : tables.values()) {
            for (Reference reference : table.references()) {
                if (reference.kind() == Reference.Kind.OWNS
                        && reference.column().type().shape() == ColumnType.Shape.SET) {
                    parentColumns
                            .computeIfAbsent(reference.table(), _ -> new ArrayList<>())
                            .add(Table.asReferenceSet(reference.column()));
                }
            }
        }
    }

    /**
     * A model of the given tables.
     *
     * @param database the database's name on the server, e.g. {@code OVN_Northbound}
     */
    public static Model of(String database, Table... tables) {
        var byName = new LinkedHashMap<String, Table>();
        for (Table table : tables) {
            byName.put(table.name(), table);
        }
        return new Model(database, byName);
    }

    /** The same model with fewer tables, for a program that needs only these: less to monitor. */
    public Model only(Table... some) {
        return of(database, some);
    }

    public String database() {
        return database;
    }

    public Collection<Table> tables() {
        return tables.values();
    }

    public Optional<Table> table(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** The sets that rows of this table live by being in. */
    public List<Column<Set<UUID>>> parentColumns(Table child) {
        return parentColumns.getOrDefault(child.name(), List.of());
    }
}
