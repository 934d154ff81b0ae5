package dev.weft.ovsdb.wire;

import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.notation.UpdateSink;
import java.util.List;

/** What a connection tells by itself, on the event loop. */
public interface RpcListener {
    /** Rows of an update notification follow; its first header element is the monitor's id. */
    UpdateSink updates(String method, List<Object> header);

    /** An update notification is complete. */
    void updated(UpdateSink updates);

    /** Any other notification. */
    void notified(String method, Object params);

    /** The connection is over. Told once, before the pending requests fail. */
    void closed(OvsdbException reason);
}
