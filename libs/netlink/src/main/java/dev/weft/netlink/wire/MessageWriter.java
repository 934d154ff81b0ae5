package dev.weft.netlink.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Builds one netlink message: a header, the fixed part of its type, and attributes padded to four
 * bytes.
 *
 * <p>Integers are in the byte order of the host, as netlink wants them (uapi {@code
 * linux/netlink.h}). Attributes longer than 65,535 bytes do not exist.
 */
public final class MessageWriter {
    /** Length of {@code struct nlmsghdr}. */
    public static final int HEADER = 16;

    /** Set in the type of an attribute that holds attributes. */
    public static final int NESTED = 0x8000;

    private byte[] bytes = new byte[256];
    private int length = HEADER;

    /**
     * @param type message type, such as {@code RTM_NEWLINK}
     * @param flags {@code NLM_F_*}
     */
    public MessageWriter(int type, int flags) {
        buffer().putShort(4, (short) type).putShort(6, (short) flags);
    }

    /** Appends one byte. */
    public MessageWriter u8(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    /** Appends a 16-bit integer. */
    public MessageWriter u16(int value) {
        room(2);
        buffer().putShort(length, (short) value);
        length += 2;
        return this;
    }

    /** Appends a 32-bit integer. */
    public MessageWriter u32(int value) {
        room(4);
        buffer().putInt(length, value);
        length += 4;
        return this;
    }

    /** Appends an attribute with these bytes as value. */
    public MessageWriter attribute(int type, byte[] value) {
        int total = 4 + value.length;
        if (total > 0xffff) {
            throw new IllegalArgumentException(
                    "attribute "
                            + type
                            + " of "
                            + value.length
                            + " bytes; at most 65531 are allowed");
        }
        room(align(total));
        buffer().putShort(length, (short) total).putShort(length + 2, (short) type);
        System.arraycopy(value, 0, bytes, length + 4, value.length);
        length += align(total);
        return this;
    }

    /** Appends an attribute with a one-byte value. */
    public MessageWriter attributeU8(int type, int value) {
        return attribute(type, new byte[] {(byte) value});
    }

    /** Appends an attribute with a 32-bit value. */
    public MessageWriter attributeU32(int type, int value) {
        return attribute(
                type, ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array());
    }

    /** Appends an attribute with a NUL-terminated string as value. */
    public MessageWriter attributeString(int type, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return attribute(type, Arrays.copyOf(text, text.length + 1));
    }

    /** Appends an attribute that holds what {@code content} appends. */
    public MessageWriter nested(int type, Consumer<MessageWriter> content) {
        int start = length;
        u16(0).u16(type | NESTED);
        content.accept(this);
        if (length - start > 0xffff) {
            throw new IllegalArgumentException(
                    "nested attribute " + type + " is longer than 65535 bytes");
        }
        buffer().putShort(start, (short) (length - start));
        return this;
    }

    /**
     * The finished message with this sequence number; the kernel repeats the number in its answer.
     */
    public byte[] finish(int sequence) {
        buffer().putInt(0, length).putInt(8, sequence).putInt(12, 0);
        return Arrays.copyOf(bytes, length);
    }

    static int align(int length) {
        return (length + 3) & ~3;
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
