package dev.weft.ovn;

import dev.weft.ovsdb.Row;
import java.util.Map;
import java.util.Optional;

/** The marks by which we know our rows: keys of {@code external_ids}. */
public final class Stamp {
    /** The row's {@link Owner}. */
    public static final String OWNER = "weft-owner";

    /** What the owner calls the row, in tables whose rows have no name. */
    public static final String KEY = "weft-key";

    /** The peer's mark, and its value: rows that carry it may be taken over by name. */
    static final String VENDOR = "vendor";

    static final String PEER = "kube-ovn";

    private Stamp() {}

    /** Whose row this is; empty when it is nobody's of ours (also when the mark cannot be read). */
    public static Optional<Owner> owner(Table table, Row row) {
        String text = ids(table, row).get(OWNER);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Owner.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** What the owner calls the row; empty in tables that have names. */
    static Optional<String> key(Table table, Row row) {
        return Optional.ofNullable(ids(table, row).get(KEY));
    }

    static boolean isPeers(Table table, Row row) {
        return PEER.equals(ids(table, row).get(VENDOR));
    }

    static Map<String, String> ids(Table table, Row row) {
        return table.externalIds().filter(row::has).map(row::get).orElse(Map.of());
    }
}
