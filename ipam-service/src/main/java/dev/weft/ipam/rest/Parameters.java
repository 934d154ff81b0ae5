package dev.weft.ipam.rest;

import dev.weft.ipam.lease.OwnerKey;
import dev.weft.net.IpAddress;
import java.time.Instant;
import java.time.format.DateTimeParseException;

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

    /** {@code namespace/name} is a pod, a name alone is a node. */
    static OwnerKey owner(String text) {
        return text.indexOf('/') > 0 ? OwnerKey.pod(text) : OwnerKey.node(text);
    }
}
