package dev.weft.ovsdb.session;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import dev.weft.ovsdb.Operation;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import dev.weft.ovsdb.Row;
import dev.weft.ovsdb.TransactionResult;
import dev.weft.ovsdb.TransactionResult.OperationResult;
import dev.weft.ovsdb.notation.ValueInterner;
import dev.weft.ovsdb.replica.RowCodec;
import dev.weft.ovsdb.replica.TableLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the result of {@code transact} (RFC 7047 section 4.1.3). */
final class TransactionReply {
    private static final OperationResult NOTHING = new OperationResult(0, null, List.of());

    private TransactionReply() {}

    /**
     * @throws dev.weft.ovsdb.OvsdbException.TransactionFailed when an operation or the commit
     *     failed
     */
    static TransactionResult read(List<Operation> operations, Object json) {
        if (!(json instanceof List<?> list)) {
            throw new ProtocolError("transact was answered without a list of results");
        }
        for (var i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> map && map.get("error") instanceof String error) {
                var details = map.get("details") instanceof String text ? text : "";
                throw ServerErrors.of(error, details, i < operations.size() ? i : -1);
            }
        }
        if (list.size() < operations.size()) {
            throw new ProtocolError(
                    "transact of %d operations was answered with %d results"
                            .formatted(operations.size(), list.size()));
        }
        var codec = new RowCodec(new ValueInterner(64));
        var results = new ArrayList<OperationResult>(operations.size());
        for (var i = 0; i < operations.size(); i++) {
            results.add(result(operations.get(i), list.get(i), codec));
        }
        return new TransactionResult(results);
    }

    private static OperationResult result(
            Operation operation, @Nullable Object json, RowCodec codec) {
        if (!(json instanceof Map<?, ?> map)) {
            throw new ProtocolError("the result of " + operation.word() + " is no object");
        }
        return switch (operation) {
            case Operation.Insert _ ->
                    new OperationResult(
                            0,
                            ColumnType.UUID.decode(member(map, "uuid"), new ValueInterner(1)),
                            List.of());
            case Operation.Select select ->
                    new OperationResult(0, null, rows(select, member(map, "rows"), codec));
            case Operation.Update _, Operation.Mutate _, Operation.Delete _ ->
                    new OperationResult(
                            (int)
                                    (long)
                                            ColumnType.INTEGER.decode(
                                                    member(map, "count"), new ValueInterner(1)),
                            null,
                            List.of());
            default -> NOTHING;
        };
    }

    private static Object member(Map<?, ?> map, String name) {
        var value = map.get(name);
        if (value == null) {
            throw new ProtocolError("a result without " + name);
        }
        return value;
    }

    private static List<Row> rows(Operation.Select select, Object json, RowCodec codec) {
        if (!(json instanceof List<?> list)) {
            throw new ProtocolError("a select was answered without a list of rows");
        }
        var columns =
                select.columns().stream()
                        .<Column<?>>map(column -> column)
                        .filter(column -> !column.name().equals(Column.UUID_NAME))
                        .toList();
        var layout = TableLayout.of(select.table(), columns);
        return list.stream().<Row>map(row -> codec.selected(layout, row)).toList();
    }
}
