package dev.weft.netlink.libc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.weft.netlink.NetlinkException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A {@code NETLINK_ROUTE} socket: whole datagrams in and out. It belongs to the namespace of the
 * thread that opened it.
 */
public final class NetlinkSocket implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int NETLINK_GET_STRICT_CHK = 12;
    private static final int MSG_TRUNC = 0x20;

    /** The kernel fills at most 32 KiB of a dump at a time. */
    private static final int RECEIVE_BUFFER = 64 * 1024;

    private final FileDescriptor fd;

    private NetlinkSocket(FileDescriptor fd) {
        this.fd = fd;
    }

    /** A socket for requests; waits at most {@code answerSeconds} for an answer. */
    public static NetlinkSocket forRequests(int answerSeconds) {
        return open(
                0,
                fd -> {
                    try (Arena arena = Arena.ofConfined()) {
                        MemorySegment timeval = arena.allocate(16, 8);
                        Libc.putLong(timeval, 0, answerSeconds);
                        Libc.setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, timeval);
                        MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
                        Libc.setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, on);
                        Libc.setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, on);
                        Libc.setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, on);
                    }
                });
    }

    /**
     * A socket that receives the notifications of these multicast groups (bits of {@code
     * sockaddr_nl.nl_groups}).
     */
    public static NetlinkSocket forNotifications(int groups, int bufferBytes) {
        return open(
                groups,
                fd -> {
                    try (Arena arena = Arena.ofConfined()) {
                        Libc.setsockopt(
                                fd,
                                SOL_SOCKET,
                                SO_RCVBUFFORCE,
                                arena.allocateFrom(JAVA_INT, bufferBytes));
                    }
                });
    }

    @FunctionalInterface
    private interface Options {
        void set(int fd);
    }

    private static NetlinkSocket open(int groups, Options options) {
        FileDescriptor fd = new FileDescriptor(Libc.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, 0));
        try (Arena arena = Arena.ofConfined()) {
            options.set(fd.number());
            MemorySegment address = arena.allocate(12, 4);
            address.set(JAVA_SHORT, 0, (short) AF_NETLINK);
            address.set(JAVA_INT, 8, groups);
            Libc.bind(fd.number(), address);
            return new NetlinkSocket(fd);
        } catch (RuntimeException e) {
            fd.close();
            throw e;
        }
    }

    /**
     * Sends one or more messages, each already padded; the kernel handles them before this returns.
     */
    public void send(byte[] messages) {
        try (Arena arena = Arena.ofConfined()) {
            Libc.send(fd.number(), arena.allocateFrom(JAVA_BYTE, messages), 0);
        }
    }

    /**
     * Waits for one datagram.
     *
     * @throws NetlinkException.TimedOut if none came in time (requests only)
     * @throws NetlinkException.Overrun if notifications were lost
     */
    public ByteBuffer receive() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(RECEIVE_BUFFER);
            long length = Libc.recv(fd.number(), buffer, MSG_TRUNC);
            if (length > RECEIVE_BUFFER) {
                throw new IllegalStateException(
                        "netlink datagram of "
                                + length
                                + " bytes; at most "
                                + RECEIVE_BUFFER
                                + " are expected");
            }
            return ByteBuffer.wrap(buffer.asSlice(0, length).toArray(JAVA_BYTE));
        }
    }

    /** The number to pass to {@link Libc#poll} or {@link Libc#ioctl}. */
    public int number() {
        return fd.number();
    }

    @Override
    public void close() {
        fd.close();
    }
}
