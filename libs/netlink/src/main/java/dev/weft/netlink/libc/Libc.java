package dev.weft.netlink.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.weft.netlink.Errno;
import dev.weft.netlink.NetlinkException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The C library's functions that this module calls. Each returns what the function returns and
 * throws a {@link NetlinkException} for -1; an interrupted call is repeated. Arguments live in
 * confined arenas of the caller.
 *
 * <p>All descriptors are here so that a native image has one place to register.
 */
public final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            handle(
                    "setsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SEND =
            handle(
                    "send",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECV =
            handle(
                    "recv",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle POLL =
            handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle EVENTFD =
            handle("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle WRITE =
            handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle OPEN =
            variadic("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), 2);
    private static final MethodHandle IOCTL =
            variadic("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
    private static final MethodHandle CLOSE =
            handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle SETNS =
            handle("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle UNSHARE =
            handle("unshare", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle MOUNT =
            handle(
                    "mount",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    private static final MethodHandle UMOUNT2 =
            handle("umount2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

    private Libc() {}

    public static int socket(int domain, int type, int protocol) {
        return (int)
                call("socket", errno -> (int) SOCKET.invokeExact(errno, domain, type, protocol));
    }

    public static void bind(int fd, MemorySegment address) {
        call("bind", errno -> (int) BIND.invokeExact(errno, fd, address, (int) address.byteSize()));
    }

    public static void setsockopt(int fd, int level, int option, MemorySegment value) {
        call(
                "setsockopt",
                errno ->
                        (int)
                                SETSOCKOPT.invokeExact(
                                        errno, fd, level, option, value, (int) value.byteSize()));
    }

    public static long send(int fd, MemorySegment data, int flags) {
        return call(
                "send", errno -> (long) SEND.invokeExact(errno, fd, data, data.byteSize(), flags));
    }

    public static long recv(int fd, MemorySegment buffer, int flags) {
        return call(
                "recv",
                errno -> (long) RECV.invokeExact(errno, fd, buffer, buffer.byteSize(), flags));
    }

    /**
     * Waits for the descriptors of an array of {@code struct pollfd}; a negative timeout in
     * milliseconds waits for ever.
     */
    public static int poll(MemorySegment pollfds, int count, int timeoutMillis) {
        return (int)
                call(
                        "poll",
                        errno ->
                                (int)
                                        POLL.invokeExact(
                                                errno, pollfds, (long) count, timeoutMillis));
    }

    public static int eventfd(int initial, int flags) {
        return (int) call("eventfd", errno -> (int) EVENTFD.invokeExact(errno, initial, flags));
    }

    public static long write(int fd, MemorySegment data) {
        return call("write", errno -> (long) WRITE.invokeExact(errno, fd, data, data.byteSize()));
    }

    /** Opens a file; {@code flags} are {@code O_*}, the mode is 0. */
    public static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            return (int)
                    call("open " + path, errno -> (int) OPEN.invokeExact(errno, name, flags, 0));
        }
    }

    public static void ioctl(int fd, long request, MemorySegment argument) {
        call("ioctl", errno -> (int) IOCTL.invokeExact(errno, fd, request, argument));
    }

    public static void close(int fd) {
        call("close", errno -> (int) CLOSE.invokeExact(errno, fd));
    }

    /**
     * Moves the calling thread into a namespace. Never call this on a virtual thread: its carrier
     * would be moved.
     */
    public static void setns(int fd, int type) {
        call("setns", errno -> (int) SETNS.invokeExact(errno, fd, type));
    }

    /** Gives the calling thread a namespace of its own. Never call this on a virtual thread. */
    public static void unshare(int flags) {
        call("unshare", errno -> (int) UNSHARE.invokeExact(errno, flags));
    }

    public static void mount(String source, String target, String type, long flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocateFrom(source);
            MemorySegment to = arena.allocateFrom(target);
            MemorySegment kind = arena.allocateFrom(type);
            call(
                    "mount " + target,
                    errno ->
                            (int)
                                    MOUNT.invokeExact(
                                            errno, from, to, kind, flags, MemorySegment.NULL));
        }
    }

    public static void umount(String target, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(target);
            call("umount " + target, errno -> (int) UMOUNT2.invokeExact(errno, name, flags));
        }
    }

    @FunctionalInterface
    private interface Downcall {
        long invoke(MemorySegment errno) throws Throwable;
    }

    private static long call(String what, Downcall downcall) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CAPTURE);
            while (true) {
                long result = downcall.invoke(state);
                if (result != -1) {
                    return result;
                }
                int code = (int) ERRNO.get(state, 0L);
                if (code != Errno.EINTR.code()) {
                    throw NetlinkException.of(code, what);
                }
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(what + " could not be called", e);
        }
    }

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                descriptor,
                Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle variadic(
            String name, FunctionDescriptor descriptor, int firstVariadic) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                descriptor,
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(firstVariadic));
    }

    /** {@code long} in host order at an offset; for arguments such as {@code struct timeval}. */
    public static void putLong(MemorySegment segment, long offset, long value) {
        segment.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, value);
    }
}
