package dev.weft.netlink;

import dev.weft.netlink.libc.NetlinkSocket;
import dev.weft.netlink.wire.Attributes;
import dev.weft.netlink.wire.MessageWriter;
import dev.weft.netlink.wire.NetlinkMessage;
import dev.weft.netlink.wire.Nl;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A conversation with rtnetlink in one network namespace: {@link #links()}, {@link #addresses()},
 * {@link #routes()}, {@link #neighbours()}. Any thread may use it; requests follow one another. A
 * request takes microseconds, as the kernel answers before {@code send} returns, so it is fit for
 * virtual threads.
 */
public final class Rtnetlink implements AutoCloseable {
    private static final int ANSWER_SECONDS = 10;
    private static final int DUMP_ATTEMPTS = 5;

    /**
     * Offset of the attributes of an error: the number and the header of the request, which is not
     * repeated (NETLINK_CAP_ACK).
     */
    private static final int ERROR_FIXED = 4 + MessageWriter.HEADER;

    private static final int NLMSGERR_ATTR_MSG = 1;

    private final NetlinkSocket socket;
    private final ReentrantLock lock = new ReentrantLock();
    private int sequence;

    private Rtnetlink(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** In the namespace of this process. */
    public static Rtnetlink open() {
        return new Rtnetlink(NetlinkSocket.forRequests(ANSWER_SECONDS));
    }

    /**
     * In another namespace, which the socket keeps alive until it is closed.
     *
     * @throws NetlinkException.NotFound if there is no such namespace
     */
    public static Rtnetlink open(NetNs ns) {
        return ns.call(Rtnetlink::open);
    }

    public Links links() {
        return new Links(this);
    }

    public Addresses addresses() {
        return new Addresses(this);
    }

    public Routes routes() {
        return new Routes(this);
    }

    public Neighbours neighbours() {
        return new Neighbours(this);
    }

    /** A request that changes something; returns when it is done. */
    void execute(String what, MessageWriter request) {
        exchange(what, request, Answer.ACKNOWLEDGEMENT);
    }

    /** A request with one answer. */
    NetlinkMessage get(String what, MessageWriter request) {
        List<NetlinkMessage> answer = exchange(what, request, Answer.ONE_OBJECT);
        if (answer.isEmpty()) {
            throw NetlinkException.of(Errno.ENOENT.code(), what);
        }
        return answer.getFirst();
    }

    /**
     * A request for all objects of a kind; repeated when the kernel says that they changed
     * meanwhile.
     */
    List<NetlinkMessage> dump(String what, MessageWriter request) {
        for (int attempt = 1; ; attempt++) {
            List<NetlinkMessage> all = exchange(what, request, Answer.ALL_OBJECTS);
            boolean whole =
                    all.stream().noneMatch(message -> (message.flags() & Nl.DUMP_INTERRUPTED) != 0);
            if (whole || attempt == DUMP_ATTEMPTS) {
                return all;
            }
        }
    }

    NetlinkSocket socket() {
        return socket;
    }

    private enum Answer {
        ACKNOWLEDGEMENT,
        ONE_OBJECT,
        ALL_OBJECTS
    }

    private List<NetlinkMessage> exchange(String what, MessageWriter request, Answer expected) {
        lock.lock();
        try {
            int number = ++sequence;
            socket.send(request.finish(number));
            List<NetlinkMessage> answer = new ArrayList<>();
            while (true) {
                for (NetlinkMessage message : NetlinkMessage.readAll(socket.receive())) {
                    if (message.sequence() != number) {
                        continue; // late answer to a request that timed out
                    }
                    switch (message.type()) {
                        case NetlinkMessage.DONE -> {
                            fail(
                                    what,
                                    message,
                                    message.payload().limit() >= 4 ? message.i32(0) : 0,
                                    4);
                            return answer;
                        }
                        case NetlinkMessage.ERROR -> {
                            fail(what, message, message.i32(0), ERROR_FIXED);
                            return answer;
                        }
                        default -> {
                            answer.add(message);
                            if (expected == Answer.ONE_OBJECT) {
                                return answer;
                            }
                        }
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static void fail(String what, NetlinkMessage message, int error, int fixed) {
        if (error == 0) {
            return;
        }
        String why = "";
        if ((message.flags() & Nl.ACK_TLVS) != 0) {
            Attributes attributes = message.attributes(fixed);
            why = attributes.string(NLMSGERR_ATTR_MSG).map(text -> " (" + text + ")").orElse("");
        }
        throw NetlinkException.of(-error, what + why);
    }

    @Override
    public void close() {
        socket.close();
    }
}
