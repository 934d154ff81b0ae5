package dev.weft.netlink;

/**
 * The kernel refused an operation. The subclass says what a caller may do about it; the message
 * says what was tried and, where the kernel told (extended acknowledgement), why.
 */
public sealed class NetlinkException extends RuntimeException {
    private final int code;

    private NetlinkException(int code, String what) {
        super(what + ": " + describe(code));
        this.code = code;
    }

    /** The exception that stands for this error number. */
    public static NetlinkException of(int code, String what) {
        return switch (Errno.of(code)) {
            case EEXIST, EADDRINUSE -> new Exists(code, what);
            case ENODEV -> new NoSuchDevice(code, what);
            case ENOENT, ESRCH, EADDRNOTAVAIL -> new NotFound(code, what);
            case EBUSY -> new Busy(code, what);
            case EPERM, EACCES -> new NotPermitted(code, what);
            case EINVAL, ERANGE -> new Invalid(code, what);
            case EOPNOTSUPP -> new NotSupported(code, what);
            case ENETUNREACH, EHOSTUNREACH, ENETDOWN -> new Unreachable(code, what);
            case ENOBUFS -> new Overrun(code, what);
            case EAGAIN -> new TimedOut(code, what);
            default -> new NetlinkException(code, what);
        };
    }

    /** The error number, as in {@code errno.h}. */
    public int code() {
        return code;
    }

    private static String describe(int code) {
        Errno errno = Errno.of(code);
        return errno == Errno.UNKNOWN ? "error " + code : errno.meaning() + " (" + errno + ")";
    }

    /** What should be made is there already. */
    public static final class Exists extends NetlinkException {
        private Exists(int code, String what) {
            super(code, what);
        }
    }

    /** There is no interface of this name or index in the namespace. */
    public static final class NoSuchDevice extends NetlinkException {
        private NoSuchDevice(int code, String what) {
            super(code, what);
        }
    }

    /** There is no such route, neighbour, address, file or namespace. */
    public static final class NotFound extends NetlinkException {
        private NotFound(int code, String what) {
            super(code, what);
        }
    }

    /** Something else holds it, or the link must be down for this. */
    public static final class Busy extends NetlinkException {
        private Busy(int code, String what) {
            super(code, what);
        }
    }

    /** The process lacks a capability. */
    public static final class NotPermitted extends NetlinkException {
        private NotPermitted(int code, String what) {
            super(code, what);
        }
    }

    /** A value makes no sense to the kernel. */
    public static final class Invalid extends NetlinkException {
        private Invalid(int code, String what) {
            super(code, what);
        }
    }

    /** This kernel, or this kind of link, cannot do it. */
    public static final class NotSupported extends NetlinkException {
        private NotSupported(int code, String what) {
            super(code, what);
        }
    }

    /** The gateway is not on a connected network, or the link is down. */
    public static final class Unreachable extends NetlinkException {
        private Unreachable(int code, String what) {
            super(code, what);
        }
    }

    /** Notifications were lost: read the state anew. */
    public static final class Overrun extends NetlinkException {
        private Overrun(int code, String what) {
            super(code, what);
        }
    }

    /** The kernel did not answer in time. */
    public static final class TimedOut extends NetlinkException {
        private TimedOut(int code, String what) {
            super(code, what);
        }
    }
}
