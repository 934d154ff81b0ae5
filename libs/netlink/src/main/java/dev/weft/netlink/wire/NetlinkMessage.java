package dev.weft.netlink.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A netlink message as the kernel sent it.
 *
 * @param type message type, such as {@code RTM_NEWLINK}, or {@link #ERROR}, {@link #DONE}
 * @param flags {@code NLM_F_*}
 * @param sequence number of the request that this answers; 0 for a notification
 * @param payload what follows the header, in host byte order, from position 0 to its limit
 */
public record NetlinkMessage(int type, int flags, int sequence, ByteBuffer payload) {
    /** Type of an answer that carries an error number, or 0 for success. */
    public static final int ERROR = 2;

    /** Type of the message that ends a dump. */
    public static final int DONE = 3;

    /**
     * Splits what one {@code recv} returned into messages; refuses lengths that point outside of
     * it.
     */
    public static List<NetlinkMessage> readAll(ByteBuffer datagram) {
        ByteBuffer in = datagram.slice().order(ByteOrder.nativeOrder());
        List<NetlinkMessage> messages = new ArrayList<>();
        while (in.remaining() > 0) {
            if (in.remaining() < MessageWriter.HEADER) {
                throw new MalformedMessageException(
                        "netlink header cut: " + in.remaining() + " of 16 bytes");
            }
            int start = in.position();
            int length = in.getInt(start);
            if (length < MessageWriter.HEADER || length > in.remaining()) {
                throw new MalformedMessageException(
                        "netlink message says "
                                + length
                                + " bytes, "
                                + in.remaining()
                                + " are there; at least 16 are needed");
            }
            messages.add(
                    new NetlinkMessage(
                            Short.toUnsignedInt(in.getShort(start + 4)),
                            Short.toUnsignedInt(in.getShort(start + 6)),
                            in.getInt(start + 8),
                            in.slice(start + MessageWriter.HEADER, length - MessageWriter.HEADER)
                                    .order(ByteOrder.nativeOrder())));
            in.position(Math.min(in.limit(), start + MessageWriter.align(length)));
        }
        return messages;
    }

    /** The byte at this offset of the payload, unsigned. */
    public int u8(int offset) {
        require(offset, 1);
        return Byte.toUnsignedInt(payload.get(offset));
    }

    /** The 16-bit integer at this offset of the payload, unsigned. */
    public int u16(int offset) {
        require(offset, 2);
        return Short.toUnsignedInt(payload.getShort(offset));
    }

    /** The 32-bit integer at this offset of the payload. */
    public int i32(int offset) {
        require(offset, 4);
        return payload.getInt(offset);
    }

    /** The attributes that follow a fixed part of this length. */
    public Attributes attributes(int fixedLength) {
        require(0, fixedLength);
        int from = Math.min(payload.limit(), MessageWriter.align(fixedLength));
        return Attributes.read(payload.slice(from, payload.limit() - from));
    }

    private void require(int offset, int length) {
        if (offset + length > payload.limit()) {
            throw new MalformedMessageException(
                    "netlink message of type "
                            + type
                            + " has "
                            + payload.limit()
                            + " bytes, "
                            + (offset + length)
                            + " are needed");
        }
    }
}
