package dev.weft.netlink;

import dev.weft.netlink.libc.FileDescriptor;
import dev.weft.netlink.libc.Libc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A network namespace, known by a file that refers to it: a bind mount such as {@code /run/netns/x}
 * (what {@code ip netns} makes) or {@code /proc/PID/ns/net}.
 *
 * <p>The file may appear and vanish at any time; nothing is held open between calls.
 */
public final class NetNs {
    /** Where {@code ip netns} keeps named namespaces. */
    public static final Path NAMED = Path.of("/run/netns");

    private static final Path OWN = Path.of("/proc/self/ns/net");
    private static final int O_RDONLY_CLOEXEC = 0x80000;
    private static final int CLONE_NEWNET = 0x40000000;
    private static final long MS_BIND = 0x1000;
    private static final long MS_REC = 0x4000;
    private static final long MS_SHARED = 0x100000;
    private static final int MNT_DETACH = 2;

    private final Path path;

    private NetNs(Path path) {
        this.path = path;
    }

    /** The namespace that this file refers to; the file need not exist yet. */
    public static NetNs at(Path path) {
        return new NetNs(path.toAbsolutePath().normalize());
    }

    /** The namespace of this name, as {@code ip netns} names them. */
    public static NetNs named(String name) {
        if (name.isEmpty()
                || name.startsWith(".")
                || name.indexOf('/') >= 0
                || name.length() > 255) {
            throw new IllegalArgumentException(
                    "network namespace name '"
                            + name
                            + "' is not allowed: 1 to 255 characters without '/', not beginning with '.'");
        }
        return new NetNs(NAMED.resolve(name));
    }

    /** The namespace of this process. */
    public static NetNs own() {
        return new NetNs(OWN);
    }

    /**
     * Makes a namespace of this name, with its loopback interface down, as {@code ip netns add}
     * does.
     *
     * @throws NetlinkException.Exists if there is a file of this name
     */
    public static NetNs create(String name) {
        NetNs ns = named(name);
        try {
            Files.createDirectories(NAMED);
            shareMounts();
            Files.createFile(
                    ns.path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("r--------")));
        } catch (FileAlreadyExistsException e) {
            throw NetlinkException.of(Errno.EEXIST.code(), "create network namespace " + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            onThread(
                    () -> {
                        Libc.unshare(CLONE_NEWNET);
                        Libc.mount("/proc/thread-self/ns/net", ns.path.toString(), "none", MS_BIND);
                        return ns;
                    });
        } catch (RuntimeException e) {
            ns.delete();
            throw e;
        }
        return ns;
    }

    /**
     * Takes the name away; the kernel frees the namespace when nothing in it runs any more. Nothing
     * happens when it is gone.
     */
    public void delete() {
        try {
            if (exists()) {
                Libc.umount(path.toString(), MNT_DETACH);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return path;
    }

    /**
     * Whether the file is there and refers to a namespace; the plain file that an unmounted
     * namespace leaves does not count.
     */
    public boolean exists() {
        try {
            return Files.getAttribute(path, "unix:dev").equals(Files.getAttribute(OWN, "unix:dev"));
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * Number of the namespace, unique while it lives; the same for every file that refers to it.
     *
     * @throws NetlinkException.NotFound if there is no such namespace
     */
    public long inode() {
        try {
            if (exists()) {
                return (Long) Files.getAttribute(path, "unix:ino");
            }
        } catch (NoSuchFileException _) {
            // gone between the two looks: the same answer as never there
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw NetlinkException.of(Errno.ENOENT.code(), "network namespace " + path);
    }

    /** What {@link #call} does inside of the namespace. */
    @FunctionalInterface
    public interface Action<T, X extends Exception> {
        T run() throws X;
    }

    /**
     * Does something inside of the namespace, such as opening a socket, which then stays in that
     * namespace, or writing to {@code /proc/sys/net}. It is done on a platform thread of its own
     * which ends afterwards, so no thread ever comes back from a foreign namespace, and a virtual
     * thread may call this.
     *
     * @throws NetlinkException.NotFound if there is no such namespace
     */
    public <T, X extends Exception> T call(Action<T, X> action) throws X {
        return onThread(
                () -> {
                    try (FileDescriptor fd = open()) {
                        Libc.setns(fd.number(), CLONE_NEWNET);
                    }
                    return action.run();
                });
    }

    /**
     * Opens the file, so that the number can be handed to the kernel; keeps the namespace alive
     * until closed.
     */
    FileDescriptor open() {
        if (!exists()) {
            throw NetlinkException.of(Errno.ENOENT.code(), "network namespace " + path);
        }
        return new FileDescriptor(Libc.open(path.toString(), O_RDONLY_CLOEXEC));
    }

    /**
     * A namespace's bind mount must be seen by processes in other mount namespaces, so the
     * directory is a shared mount.
     */
    private static void shareMounts() {
        String dir = NAMED.toString();
        try {
            Libc.mount("", dir, "none", MS_SHARED | MS_REC);
        } catch (NetlinkException.Invalid _) {
            Libc.mount(dir, dir, "none", MS_BIND | MS_REC);
            Libc.mount("", dir, "none", MS_SHARED | MS_REC);
        }
    }

    @SuppressWarnings("unchecked") // an action throws X or unchecked exceptions, nothing else
    private static <T, X extends Exception> T onThread(Action<T, X> action) throws X {
        FutureTask<T> task = new FutureTask<>(action::run);
        Thread.ofPlatform().name("weft-netns").daemon().start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    switch (e.getCause()) {
                        case Error error -> throw error;
                        case null -> throw new IllegalStateException(e);
                        case Throwable cause -> throw (X) cause;
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether both are names of one namespace, now. */
    public boolean sameAs(NetNs other) {
        return exists() && other.exists() && inode() == other.inode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetNs ns && ns.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
