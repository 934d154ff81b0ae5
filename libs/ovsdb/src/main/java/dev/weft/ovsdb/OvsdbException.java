package dev.weft.ovsdb;

import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with an OVSDB server, a type for each case, so that callers decide by type and
 * not by text. Those named by RFC 7047 carry the server's own details. None has a stack trace of
 * the caller: they arise on the event loop.
 */
public abstract sealed class OvsdbException extends RuntimeException {
    private OvsdbException(String message) {
        this(message, null);
    }

    private OvsdbException(String message, @Nullable Throwable cause) {
        super(message, cause, true, false);
    }

    /** Whether the same transaction may succeed later without anybody changing it. */
    public boolean isTransient() {
        return false;
    }

    /**
     * The server refused a transaction (RFC 7047 sections 4.1.3 and 5.2). Nothing of it took
     * effect.
     */
    public abstract static sealed class TransactionFailed extends OvsdbException {
        private final String error;
        private final String details;
        private final int operation;

        private TransactionFailed(String error, String details, int operation) {
            super(
                    (operation < 0 ? "commit" : "operation " + operation)
                            + ": "
                            + error
                            + (details.isEmpty() ? "" : ": " + details));
            this.error = error;
            this.details = details;
            this.operation = operation;
        }

        /** The server's word for the error, e.g. {@code constraint violation}. */
        public String error() {
            return error;
        }

        /** The server's explanation; empty when it gave none. */
        public String details() {
            return details;
        }

        /** The place of the operation that failed, from 0; -1 when the commit as a whole failed. */
        public int operation() {
            return operation;
        }
    }

    /**
     * A value breaks the schema: out of range, too many elements, a unique index, a garbage row.
     */
    public static final class ConstraintViolation extends TransactionFailed {
        public ConstraintViolation(String error, String details, int operation) {
            super(error, details, operation);
        }
    }

    /** A strong reference would point to a row that is not there. */
    public static final class ReferentialIntegrityViolation extends TransactionFailed {
        public ReferentialIntegrityViolation(String error, String details, int operation) {
            super(error, details, operation);
        }
    }

    /** An asserted lock is not ours: another instance leads now. */
    public static final class NotOwner extends TransactionFailed {
        public NotOwner(String error, String details, int operation) {
            super(error, details, operation);
        }
    }

    /** A {@code wait} was not satisfied in its time: what we planned on is no longer so. */
    public static final class TimedOut extends TransactionFailed {
        public TimedOut(String error, String details, int operation) {
            super(error, details, operation);
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }

    /** The server is short of memory, disk or the like. */
    public static final class ResourcesExhausted extends TransactionFailed {
        public ResourcesExhausted(String error, String details, int operation) {
            super(error, details, operation);
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }

    /** The server could not write its disk. */
    public static final class IoError extends TransactionFailed {
        public IoError(String error, String details, int operation) {
            super(error, details, operation);
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }

    /** The transaction itself said {@code abort}. */
    public static final class Aborted extends TransactionFailed {
        public Aborted(String error, String details, int operation) {
            super(error, details, operation);
        }
    }

    /**
     * The server does not do this: a read-only connection, or a durable commit in a database
     * without a disk.
     */
    public static final class NotSupported extends TransactionFailed {
        public NotSupported(String error, String details, int operation) {
            super(error, details, operation);
        }
    }

    /** Division by zero or another result outside a mutation's domain. */
    public static final class DomainError extends TransactionFailed {
        public DomainError(String error, String details, int operation) {
            super(error, details, operation);
        }
    }

    /** A mutation's result does not fit the type. */
    public static final class RangeError extends TransactionFailed {
        public RangeError(String error, String details, int operation) {
            super(error, details, operation);
        }
    }

    /** Two inserts of the transaction have the same {@code uuid-name}. */
    public static final class DuplicateUuidName extends TransactionFailed {
        public DuplicateUuidName(String error, String details, int operation) {
            super(error, details, operation);
        }
    }

    /**
     * The server does not understand the operation: an unknown table or column, or a value of
     * another type.
     */
    public static final class SyntaxError extends TransactionFailed {
        public SyntaxError(String error, String details, int operation) {
            super(error, details, operation);
        }
    }

    /** The role that this connection has may not do it (OVN's RBAC). */
    public static final class PermissionDenied extends TransactionFailed {
        public PermissionDenied(String error, String details, int operation) {
            super(error, details, operation);
        }
    }

    /**
     * The cluster could not agree, e.g. the leader changed meanwhile. It is not known whether it
     * took effect.
     */
    public static final class ClusterError extends TransactionFailed {
        public ClusterError(String error, String details, int operation) {
            super(error, details, operation);
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }

    /** An error that has no type here; {@link #error()} has the server's word. */
    public static final class OtherError extends TransactionFailed {
        public OtherError(String error, String details, int operation) {
            super(error, details, operation);
        }
    }

    /** The server has no such database (or not yet: a member that still joins its cluster). */
    public static final class UnknownDatabase extends OvsdbException {
        public UnknownDatabase(String method, String details) {
            super(method + ": unknown database" + (details.isEmpty() ? "" : ": " + details));
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }

    /** This member of a cluster does not lead, and only the leader was asked for. */
    public static final class NotLeader extends OvsdbException {
        public NotLeader(String message) {
            super(message);
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }

    /** There is no connection, or it broke before the answer came. */
    public static final class Disconnected extends OvsdbException {
        private final boolean mayHaveTakenEffect;

        public Disconnected(String message, boolean mayHaveTakenEffect) {
            super(message);
            this.mayHaveTakenEffect = mayHaveTakenEffect;
        }

        /**
         * True when the request was sent: look at the replica after the reconnect before trying
         * again.
         */
        public boolean mayHaveTakenEffect() {
            return mayHaveTakenEffect;
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }

    /**
     * Too much is waiting to be sent or answered already ({@link OvsdbOptions#limits()}). It was
     * not sent.
     */
    public static final class Overloaded extends OvsdbException {
        public Overloaded(String message) {
            super(message);
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }

    /** The other side does not speak RFC 7047, or broke it; the connection is given up. */
    public static final class ProtocolError extends OvsdbException {
        public ProtocolError(String message) {
            super(message);
        }

        public ProtocolError(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The server answered a request other than {@code transact} with an error. */
    public static final class RequestFailed extends OvsdbException {
        private final String error;

        public RequestFailed(String method, String error, String details) {
            super(method + ": " + error + (details.isEmpty() ? "" : ": " + details));
            this.error = error;
        }

        /** The server's word for the error, e.g. {@code unknown method}. */
        public String error() {
            return error;
        }
    }

    /**
     * The database's schema lacks what we need or has it with another type; the message lists all
     * of it.
     */
    public static final class SchemaMismatch extends OvsdbException {
        public SchemaMismatch(String message) {
            super(message);
        }
    }
}
