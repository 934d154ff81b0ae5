package dev.weft.ovsdb.notation;

/**
 * Takes table updates row by row while a message is still being read (RFC 7047 section 4.1.6,
 * {@code <table-updates>}).
 */
@FunctionalInterface
public interface UpdateSink {
    /**
     * A row's update.
     *
     * @param update a {@code <row-update>} or {@code <row-update2>} as {@link JsonTree} builds it
     */
    void row(String table, String uuid, Object update);
}
