package dev.weft.cni;

import org.jspecify.annotations.Nullable;

/** A command that cannot be done, in the terms of the specification's error object. */
public final class CniException extends RuntimeException {

    private final int code;
    private final String msg;
    private final @Nullable String details;

    /**
     * {@code msg} says what is wrong in a few words; {@code details} which field and value, and
     * what to do about it.
     */
    public CniException(CniErrorCode code, String msg, @Nullable String details) {
        this(code.value(), msg, details);
    }

    private CniException(int code, String msg, @Nullable String details) {
        super(details == null ? msg : msg + ": " + details);
        this.code = code;
        this.msg = msg;
        this.details = details;
    }

    /** The exception of an error that somebody else reported. */
    public static CniException of(CniError error) {
        return new CniException(error.code(), error.msg(), error.details());
    }

    /** The number of the error, see {@link CniErrorCode}. */
    public int code() {
        return code;
    }

    /** Whether it is that error. */
    public boolean is(CniErrorCode expected) {
        return code == expected.value();
    }

    /** The error object, in the version of the configuration that the command came with. */
    public CniError toError(CniVersion version) {
        return new CniError(version.text(), code, msg, details);
    }
}
