package dev.weft.ovsdb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.weft.ovsdb.notation.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of operations that take effect together or not at all (RFC 7047 section 4.1.3). Filled by
 * one thread, then handed to {@link OvsdbClient#transact}.
 */
public final class Transaction {
    private final List<Operation> operations = new ArrayList<>();

    /** Adds any operation. */
    public Transaction add(Operation operation) {
        operations.add(operation);
        return this;
    }

    /**
     * Inserts a row.
     *
     * @param name what later operations of this transaction call the row; null when none needs to
     */
    public Transaction insert(
            String table, @Nullable NamedUuid name, Map<? extends Column<?>, ?> row) {
        return add(new Operation.Insert(table, name, copy(table, row)));
    }

    /** Sets the given columns in the matching rows. No condition means every row. */
    public Transaction update(
            String table, List<Condition> where, Map<? extends Column<?>, ?> row) {
        return add(new Operation.Update(table, List.copyOf(where), copy(table, row)));
    }

    public Transaction mutate(String table, List<Condition> where, List<Mutation> mutations) {
        return add(new Operation.Mutate(table, List.copyOf(where), List.copyOf(mutations)));
    }

    public Transaction delete(String table, List<Condition> where) {
        return add(new Operation.Delete(table, List.copyOf(where)));
    }

    public Transaction select(
            String table, List<Condition> where, List<? extends Column<?>> columns) {
        return add(new Operation.Select(table, List.copyOf(where), List.copyOf(columns)));
    }

    /**
     * Guards the transaction: it goes on only once the matching rows, looked at through {@code
     * columns}, are ({@code EQUAL}) or are not ({@code NOT_EQUAL}) exactly {@code rows}.
     *
     * @param timeout how long the server waits for that before it answers {@link
     *     OvsdbException.TimedOut}; {@link Duration#ZERO} fails at once, null waits for ever
     */
    public Transaction waitFor(
            String table,
            List<Condition> where,
            List<? extends Column<?>> columns,
            Operation.Until until,
            List<? extends Map<? extends Column<?>, ?>> rows,
            @Nullable Duration timeout) {
        var copies = new ArrayList<Map<Column<?>, Object>>();
        rows.forEach(row -> copies.add(copy(table, row)));
        return add(
                new Operation.Wait(
                        table, List.copyOf(where), List.copyOf(columns), until, copies, timeout));
    }

    /**
     * Guards the transaction: no row may match. Fails at once with {@link OvsdbException.TimedOut}
     * when one does.
     */
    public Transaction waitForNone(String table, List<Condition> where) {
        return waitFor(
                table,
                where,
                List.of(Column.uuid(table)),
                Operation.Until.EQUAL,
                List.of(),
                Duration.ZERO);
    }

    /** Words for the log of the database ({@code ovsdb-tool show-log}). */
    public Transaction comment(String text) {
        return add(new Operation.Comment(text));
    }

    /**
     * Fails with {@link OvsdbException.NotOwner} unless this client holds the lock. Put it first.
     */
    public Transaction assertLock(String lock) {
        return add(new Operation.Assert(NamedUuid.requireId("lock", lock)));
    }

    /** Makes the transaction fail with {@link OvsdbException.Aborted}: a way to try it out. */
    public Transaction abort() {
        return add(new Operation.Abort());
    }

    public List<Operation> operations() {
        return Collections.unmodifiableList(operations);
    }

    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /** Whether it has an operation that can change a row. */
    public boolean writes() {
        return operations.stream()
                .anyMatch(
                        o ->
                                o instanceof Operation.Insert
                                        || o instanceof Operation.Update
                                        || o instanceof Operation.Mutate
                                        || o instanceof Operation.Delete);
    }

    /**
     * Writes the parameters of the {@code transact} request: the database's name, then the
     * operations.
     */
    public void writeParams(JsonGenerator out, String database) throws IOException {
        out.writeStartArray();
        out.writeString(database);
        for (var operation : operations) {
            OperationWriter.write(operation, out);
        }
        out.writeEndArray();
    }

    /** The operations as a JSON array, as they go over the wire. */
    public String toJson() {
        return Json.write(
                out -> {
                    out.writeStartArray();
                    for (var operation : operations) {
                        OperationWriter.write(operation, out);
                    }
                    out.writeEndArray();
                });
    }

    @Override
    public String toString() {
        return toJson();
    }

    private static Map<Column<?>, Object> copy(String table, Map<? extends Column<?>, ?> row) {
        for (var column : row.keySet()) {
            if (!column.table().equals(table)) {
                throw new IllegalArgumentException(
                        "column " + column + " given for a row of " + table);
            }
        }
        return Collections.unmodifiableMap(new LinkedHashMap<>(row));
    }
}
