package dev.weft.node.ovs;

/** The node's OVS database did not take what was asked of it. */
public final class OvsException extends RuntimeException {
    public OvsException(String message) {
        super(message);
    }
}
