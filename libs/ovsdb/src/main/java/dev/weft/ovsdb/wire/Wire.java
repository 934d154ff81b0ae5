package dev.weft.ovsdb.wire;

import org.jspecify.annotations.Nullable;

/** A connected byte stream, used on its event loop only. */
interface Wire {
    /** What a wire tells, on the event loop. */
    interface Listener {
        /** Bytes came; the array may be reused after the call. */
        void received(byte[] bytes, int from, int to);

        /** It can take more to write after it was full. */
        void drained();

        /** It is closed, by whomever. Told once. */
        void closed(@Nullable Throwable cause);
    }

    /** Starts to tell. Called once, before anything else. */
    void listen(Listener listener);

    void write(byte[] bytes);

    /**
     * Whether the peer reads too slowly for more to be written now; {@link Listener#drained} tells
     * when it is over.
     */
    boolean full();

    void close();
}
