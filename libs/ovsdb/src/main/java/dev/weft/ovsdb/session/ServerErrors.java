package dev.weft.ovsdb.session;

import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbException.TransactionFailed;

/** The error words of operations (RFC 7047 section 3.1 and 5.2, ovsdb-server(7)) as exceptions. */
final class ServerErrors {
    private ServerErrors() {}

    /**
     * @param operation the place of the operation that failed; -1 for the commit
     */
    static TransactionFailed of(String error, String details, int operation) {
        return switch (error) {
            case "constraint violation" ->
                    new OvsdbException.ConstraintViolation(error, details, operation);
            case "referential integrity violation" ->
                    new OvsdbException.ReferentialIntegrityViolation(error, details, operation);
            case "not owner" -> new OvsdbException.NotOwner(error, details, operation);
            case "timed out" -> new OvsdbException.TimedOut(error, details, operation);
            case "resources exhausted" ->
                    new OvsdbException.ResourcesExhausted(error, details, operation);
            case "I/O error" -> new OvsdbException.IoError(error, details, operation);
            case "aborted" -> new OvsdbException.Aborted(error, details, operation);
            case "not supported", "not allowed" ->
                    new OvsdbException.NotSupported(error, details, operation);
            case "domain error" -> new OvsdbException.DomainError(error, details, operation);
            case "range error" -> new OvsdbException.RangeError(error, details, operation);
            case "duplicate uuid-name", "duplicate uuid" ->
                    new OvsdbException.DuplicateUuidName(error, details, operation);
            case "syntax error" -> new OvsdbException.SyntaxError(error, details, operation);
            case "permission error" ->
                    new OvsdbException.PermissionDenied(error, details, operation);
            case "cluster error" -> new OvsdbException.ClusterError(error, details, operation);
            default -> new OvsdbException.OtherError(error, details, operation);
        };
    }
}
