package dev.weft.ovsdb;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a committed transaction's operations answered, one result for each operation in its order
 * (RFC 7047 section 4.1.3).
 */
public record TransactionResult(List<OperationResult> results) {
    /**
     * The answer to one operation.
     *
     * @param count rows matched by update, mutate or delete; else 0
     * @param uuid the UUID of an inserted row; else null
     * @param rows the rows of a select with the columns that it asked for; else empty
     */
    public record OperationResult(int count, @Nullable UUID uuid, List<Row> rows) {}

    public TransactionResult {
        results = List.copyOf(results);
    }

    public OperationResult get(int operation) {
        return results.get(operation);
    }

    /**
     * The UUID of the row that the operation at this place inserted.
     *
     * @throws NoSuchElementException when that operation is not an insert
     */
    public UUID uuid(int operation) {
        var uuid = results.get(operation).uuid();
        if (uuid == null) {
            throw new NoSuchElementException("operation " + operation + " is not an insert");
        }
        return uuid;
    }
}
