package dev.weft.netlink;

/** Error numbers of Linux that netlink, namespaces and ioctl return here, with what they mean. */
public enum Errno {
    EPERM(1, "operation not permitted (CAP_NET_ADMIN and CAP_SYS_ADMIN are needed)"),
    ENOENT(2, "no such file or object"),
    ESRCH(3, "no such object"),
    EINTR(4, "interrupted"),
    EIO(5, "input/output error"),
    EBADF(9, "bad file descriptor"),
    EAGAIN(11, "no answer in time"),
    ENOMEM(12, "out of memory"),
    EACCES(13, "access denied"),
    EBUSY(16, "device or resource busy"),
    EEXIST(17, "exists already"),
    ENODEV(19, "no such device"),
    EINVAL(22, "invalid argument"),
    ERANGE(34, "out of range"),
    EOPNOTSUPP(95, "not supported"),
    EADDRINUSE(98, "address in use"),
    EADDRNOTAVAIL(99, "address not available"),
    ENETDOWN(100, "network is down"),
    ENETUNREACH(101, "network is unreachable"),
    ENOBUFS(105, "messages were lost: the receive buffer was full"),
    EHOSTUNREACH(113, "no route to host"),
    UNKNOWN(-1, "unknown error");

    private final int code;
    private final String meaning;

    Errno(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number that the kernel uses. */
    public int code() {
        return code;
    }

    /** In words. */
    public String meaning() {
        return meaning;
    }

    /** The constant of this number, {@link #UNKNOWN} for one that is not listed. */
    public static Errno of(int code) {
        for (Errno errno : values()) {
            if (errno.code == code) {
                return errno;
            }
        }
        return UNKNOWN;
    }
}
