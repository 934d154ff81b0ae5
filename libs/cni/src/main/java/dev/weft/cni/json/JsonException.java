package dev.weft.cni.json;

/**
 * Text that is not the JSON we accept (RFC 8259, UTF-8, within our bounds); the message says where
 * and what was expected.
 */
public final class JsonException extends RuntimeException {

    private final int offset;

    /** {@code offset} counts characters from the start of the text. */
    public JsonException(int offset, String message) {
        super("at offset " + offset + ": " + message);
        this.offset = offset;
    }

    /** Where reading stopped, in characters from the start. */
    public int offset() {
        return offset;
    }
}
