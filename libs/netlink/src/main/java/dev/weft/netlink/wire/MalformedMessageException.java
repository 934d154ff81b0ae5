package dev.weft.netlink.wire;

/** Bytes that are no netlink message or attribute: a length points outside of what was received. */
public final class MalformedMessageException extends RuntimeException {
    public MalformedMessageException(String message) {
        super(message);
    }
}
