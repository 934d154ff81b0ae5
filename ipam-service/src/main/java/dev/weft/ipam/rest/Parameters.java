package dev.weft.ipam.rest;

import dev.weft.ipam.lease.OwnerKey;
import dev.weft.ipam.ledger.HistoryReader.Mark;
import dev.weft.net.IpAddress;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads parameters, or says which one cannot be used and what it may be. */
final class Parameters {

    private Parameters() {}

    static IpAddress address(String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ApiException.BadParameter("address", String.valueOf(e.getMessage()));
        }
    }

    static Instant instant(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException _) {
            throw new ApiException.BadParameter(
                    name, "must be an instant such as 2026-11-22T08:00:00Z");
        }
    }

    /** Where a page begins: {@code <instant>/<id>} as the page before says, or an instant. */
    static Mark mark(@Nullable String after, Instant otherwise) {
        if (after == null) {
            return Mark.before(otherwise);
        }
        int slash = after.indexOf('/');
        try {
            return new Mark(
                    instant("after", after.substring(0, Math.max(0, slash))),
                    UUID.fromString(after.substring(slash + 1)));
        } catch (IllegalArgumentException _) {
            throw new ApiException.BadParameter("after", "must be next of the page before");
        }
    }

    /** {@code namespace/name} is a pod, {@code vip:name} a Vip, a name alone is a node. */
    static OwnerKey owner(String text) {
        if (text.startsWith("vip:")) {
            return OwnerKey.vip(text.substring("vip:".length()));
        }
        return text.indexOf('/') > 0 ? OwnerKey.pod(text) : OwnerKey.node(text);
    }
}
