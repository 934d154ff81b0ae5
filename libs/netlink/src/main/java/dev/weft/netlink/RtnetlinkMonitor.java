package dev.weft.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.weft.netlink.libc.FileDescriptor;
import dev.weft.netlink.libc.Libc;
import dev.weft.netlink.libc.NetlinkSocket;
import dev.weft.netlink.wire.NetlinkMessage;
import dev.weft.netlink.wire.Nl;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells of every change of links, addresses and routes in one namespace while it is open. The
 * listener is called on one platform thread of the monitor, in the order of the changes, and must
 * not block; what it throws ends up with the thread's uncaught exception handler and ends nothing.
 */
public final class RtnetlinkMonitor implements AutoCloseable {
    /** What changed. A state may be told of more than once. */
    public sealed interface Change {
        /** A link was made or changed. */
        record LinkChanged(Link link) implements Change {}

        /** A link is gone from the namespace. */
        record LinkRemoved(Link link) implements Change {}

        /** An address was added to or changed on the link of this index. */
        record AddressChanged(int link, InterfaceAddress address) implements Change {}

        /** An address was taken from the link of this index. */
        record AddressRemoved(int link, InterfaceAddress address) implements Change {}

        /** A route was added or changed. */
        record RouteChanged(Route route) implements Change {}

        /**
         * A route was deleted. The kernel does not tell of IPv4 routes that vanish because their
         * link went down.
         */
        record RouteRemoved(Route route) implements Change {}

        /** Changes were lost since they came too fast: read the state anew. */
        record Overrun() implements Change {}
    }

    private static final int GROUPS =
            Nl.GROUP_LINK
                    | Nl.GROUP_IPV4_IFADDR
                    | Nl.GROUP_IPV6_IFADDR
                    | Nl.GROUP_IPV4_ROUTE
                    | Nl.GROUP_IPV6_ROUTE;
    private static final int RECEIVE_BUFFER = 1 << 20;
    private static final int EFD_CLOEXEC = 0x80000;
    private static final short POLLIN = 1;

    private final NetlinkSocket socket;
    private final FileDescriptor wakeUp;
    private final Consumer<Change> listener;
    private final Thread thread;

    private RtnetlinkMonitor(NetlinkSocket socket, Consumer<Change> listener) {
        this.socket = socket;
        this.listener = listener;
        this.wakeUp = new FileDescriptor(Libc.eventfd(0, EFD_CLOEXEC));
        this.thread =
                Thread.ofPlatform().name("weft-rtnetlink-monitor").daemon().unstarted(this::listen);
    }

    /** Begins to listen in a namespace; changes after this returns are not missed. */
    public static RtnetlinkMonitor open(NetNs ns, Consumer<Change> listener) {
        NetlinkSocket socket =
                ns.call(() -> NetlinkSocket.forNotifications(GROUPS, RECEIVE_BUFFER));
        RtnetlinkMonitor monitor = new RtnetlinkMonitor(socket, listener);
        monitor.thread.start();
        return monitor;
    }

    private void listen() {
        try (socket;
                Arena arena = Arena.ofConfined()) {
            MemorySegment descriptors = arena.allocate(16, 4);
            pollIn(descriptors, 0, socket.number());
            pollIn(descriptors, 8, wakeUp.number());
            while (true) {
                Libc.poll(descriptors, 2, -1);
                if (descriptors.get(JAVA_SHORT, 8 + 6) != 0) {
                    return;
                }
                receive();
            }
        } finally {
            wakeUp.close();
        }
    }

    private void receive() {
        try {
            NetlinkMessage.readAll(socket.receive())
                    .forEach(message -> read(message).ifPresent(this::tell));
        } catch (NetlinkException.Overrun _) {
            tell(new Change.Overrun());
        }
    }

    private void tell(Change change) {
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    static Optional<Change> read(NetlinkMessage message) {
        return switch (message.type()) {
            case Nl.RTM_NEWLINK -> Optional.of(new Change.LinkChanged(Link.read(message)));
            case Nl.RTM_DELLINK -> Optional.of(new Change.LinkRemoved(Link.read(message)));
            case Nl.RTM_NEWADDR ->
                    InterfaceAddress.read(message)
                            .map(
                                    a ->
                                            new Change.AddressChanged(
                                                    InterfaceAddress.index(message), a));
            case Nl.RTM_DELADDR ->
                    InterfaceAddress.read(message)
                            .map(
                                    a ->
                                            new Change.AddressRemoved(
                                                    InterfaceAddress.index(message), a));
            case Nl.RTM_NEWROUTE -> Route.read(message).map(Change.RouteChanged::new);
            case Nl.RTM_DELROUTE -> Route.read(message).map(Change.RouteRemoved::new);
            default -> Optional.empty();
        };
    }

    private static void pollIn(MemorySegment descriptors, long offset, int fd) {
        descriptors.set(JAVA_INT, offset, fd);
        descriptors.set(JAVA_SHORT, offset + 4, POLLIN);
    }

    /**
     * Stops listening; returns when the listener will not be called again (or at once, from the
     * listener itself).
     */
    @Override
    public void close() {
        if (!wakeUp.isClosed() && thread.isAlive()) {
            try (Arena arena = Arena.ofConfined()) {
                Libc.write(wakeUp.number(), arena.allocateFrom(JAVA_LONG, 1));
            }
        }
        if (Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
