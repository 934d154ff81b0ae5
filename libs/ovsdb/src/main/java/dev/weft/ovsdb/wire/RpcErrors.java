package dev.weft.ovsdb.wire;

import dev.weft.ovsdb.OvsdbException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The error member of a reply as an exception (RFC 7047 section 3.1, {@code <error>}). */
final class RpcErrors {
    private RpcErrors() {}

    static OvsdbException of(String method, @Nullable Object error) {
        if (!(error instanceof Map<?, ?> map)) {
            return new OvsdbException.RequestFailed(method, String.valueOf(error), "");
        }
        var word = text(map.get("error"));
        var details = text(map.get("details"));
        return word.equals("unknown database")
                ? new OvsdbException.UnknownDatabase(method, details)
                : new OvsdbException.RequestFailed(method, word, details);
    }

    private static String text(@Nullable Object json) {
        return json == null ? "" : json.toString();
    }
}
