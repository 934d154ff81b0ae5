package dev.weft.cni;

/** Error codes: below 100 those of the CNI specification, from 100 on ours. */
public enum CniErrorCode {
    /** The configuration's version is not supported, or has no such command. */
    INCOMPATIBLE_VERSION(1),
    /** The configuration has a field that we cannot honour; the message has its key and value. */
    UNSUPPORTED_FIELD(2),
    /** The container is not known or does not exist: the runtime need not clean up. */
    UNKNOWN_CONTAINER(3),
    /** An environment variable is missing or invalid; the message names it. */
    INVALID_ENVIRONMENT(4),
    /** Reading stdin or writing stdout failed. */
    IO_FAILURE(5),
    /** Something could not be decoded as what it should be. */
    DECODING_FAILURE(6),
    /** The configuration is readable but wrong. */
    INVALID_NETWORK_CONFIG(7),
    /** Passing: the runtime should try again. */
    TRY_AGAIN_LATER(11),
    /** STATUS: the plugin cannot serve ADD. */
    PLUGIN_NOT_AVAILABLE(50),
    /**
     * STATUS: the plugin cannot serve ADD, and containers that run may have limited connectivity.
     */
    LIMITED_CONNECTIVITY(51),

    /** A failure that should not happen: look into the log of the node daemon. */
    INTERNAL(100),
    /**
     * The daemon's answer is not what our protocol allows: another version, or another program on
     * the socket.
     */
    BAD_ANSWER(101),
    /**
     * What the pod asks for is refused; asking again helps only after the pod or its subnet was
     * changed.
     */
    POD_REFUSED(102),
    /** CHECK found something missing or different from what ADD made; the details name it. */
    CHECK_FAILED(103);

    private final int value;

    CniErrorCode(int value) {
        this.value = value;
    }

    /** The number on the wire. */
    public int value() {
        return value;
    }
}
