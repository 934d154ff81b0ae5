package dev.weft.ovsdb.notation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link MessageReader} asks and tells. */
public interface MessageHandler {
    /** Whether the reply to this request is table updates, to be streamed. */
    boolean streams(Object requestId);

    /**
     * Table updates begin.
     *
     * @param requestId of the reply that they are in; null in a notification
     * @param method of the notification; null in a reply
     * @param header the elements before them: monitor id, found flag, transaction id
     */
    UpdateSink updates(@Nullable Object requestId, @Nullable String method, List<Object> header);

    /** A message is complete. */
    void message(Message message);
}
