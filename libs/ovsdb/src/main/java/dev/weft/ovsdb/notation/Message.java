package dev.weft.ovsdb.notation;

import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC 1.0 message as OVSDB uses it (RFC 7047 section 4).
 *
 * @param id of a request and its reply; {@link JsonTree.Null} or null for a notification
 * @param method of a request or notification; null for a reply
 * @param body the params or the result; null when missing or when it was streamed
 * @param error of a reply; null or {@link JsonTree.Null} when there is none
 * @param streamed where the table updates went; null when there were none to stream
 */
public record Message(
        @Nullable Object id,
        @Nullable String method,
        @Nullable Object body,
        @Nullable Object error,
        @Nullable UpdateSink streamed) {
    public boolean isNotification() {
        return method != null && (id == null || id == JsonTree.Null.NULL);
    }

    public boolean hasError() {
        return error != null && error != JsonTree.Null.NULL;
    }
}
