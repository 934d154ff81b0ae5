package dev.weft.ovsdb;

/**
 * Bounds on what one client holds at a time.
 *
 * @param pending requests sent or waiting to be sent whose answer is not here
 * @param pendingBytes bytes of requests waiting because the server reads slowly
 * @param messageBytes size of a message that is read row by row: a dump, an update
 * @param valueBytes size of a value that is held as a whole: one row, one transaction's reply
 */
public record Limits(int pending, long pendingBytes, long messageBytes, long valueBytes) {
    private static final long MEBI = 1024 * 1024;

    public static final Limits DEFAULT = new Limits(10_000, 64 * MEBI, 4096 * MEBI, 256 * MEBI);

    public Limits {
        if (pending < 1 || pendingBytes < 1 || messageBytes < 1 || valueBytes < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
