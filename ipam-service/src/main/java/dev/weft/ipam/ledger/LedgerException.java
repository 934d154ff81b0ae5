package dev.weft.ipam.ledger;

/**
 * The ledger did not take a change. What is neither of these kinds (a broken connection) may be
 * tried again.
 */
public sealed class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private LedgerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Another instance writes: this one must not any more. */
    public static final class Fenced extends LedgerException {
        private static final long serialVersionUID = 1L;

        Fenced(String message) {
            super(message, new IllegalStateException("fenced"));
        }
    }

    /** The database's rules do not allow the change, such as a second holder of an address. */
    public static final class Rejected extends LedgerException {
        private static final long serialVersionUID = 1L;

        Rejected(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
