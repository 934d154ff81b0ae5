package dev.weft.netlink.libc;

import java.util.concurrent.atomic.AtomicBoolean;

/** An open file descriptor; closed once, however often {@link #close} is called. */
public final class FileDescriptor implements AutoCloseable {
    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    public FileDescriptor(int number) {
        this.number = number;
    }

    /**
     * The number to pass to {@link Libc}; fails when closed, since the kernel may have given the
     * number to another file.
     */
    public int number() {
        if (closed.get()) {
            throw new IllegalStateException("file descriptor is closed");
        }
        return number;
    }

    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Libc.close(number);
        }
    }
}
