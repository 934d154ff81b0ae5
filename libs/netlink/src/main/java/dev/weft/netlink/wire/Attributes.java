package dev.weft.netlink.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The attributes of a message or of a nested attribute, by type; the last one wins where a type is
 * repeated, as in the kernel.
 */
public final class Attributes {
    private static final int TYPE_MASK = 0x3fff;

    private final Map<Integer, ByteBuffer> values;

    private Attributes(Map<Integer, ByteBuffer> values) {
        this.values = values;
    }

    /**
     * Reads attributes up to the limit of the buffer; fewer than four bytes left over are padding.
     */
    public static Attributes read(ByteBuffer buffer) {
        ByteBuffer in = buffer.slice().order(ByteOrder.nativeOrder());
        Map<Integer, ByteBuffer> values = new HashMap<>();
        while (in.remaining() >= 4) {
            int start = in.position();
            int length = Short.toUnsignedInt(in.getShort(start));
            int type = Short.toUnsignedInt(in.getShort(start + 2)) & TYPE_MASK;
            if (length < 4 || length > in.remaining()) {
                throw new MalformedMessageException(
                        "attribute "
                                + type
                                + " says "
                                + length
                                + " bytes, "
                                + in.remaining()
                                + " are there; at least 4 are needed");
            }
            values.put(type, in.slice(start + 4, length - 4).order(ByteOrder.nativeOrder()));
            in.position(Math.min(in.limit(), start + MessageWriter.align(length)));
        }
        return new Attributes(values);
    }

    public boolean has(int type) {
        return values.containsKey(type);
    }

    /** The value's bytes. */
    public Optional<byte[]> bytes(int type) {
        ByteBuffer value = values.get(type);
        if (value == null) {
            return Optional.empty();
        }
        byte[] bytes = new byte[value.limit()];
        value.get(0, bytes);
        return Optional.of(bytes);
    }

    /** The value as a 32-bit integer. */
    public OptionalInt i32(int type) {
        ByteBuffer value = values.get(type);
        if (value == null) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(sized(type, value, 4).getInt(0));
    }

    /** The value as an unsigned byte. */
    public OptionalInt u8(int type) {
        ByteBuffer value = values.get(type);
        if (value == null) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Byte.toUnsignedInt(sized(type, value, 1).get(0)));
    }

    /** The value as text, up to the first NUL. */
    public Optional<String> string(int type) {
        return bytes(type)
                .map(
                        bytes -> {
                            int end = 0;
                            while (end < bytes.length && bytes[end] != 0) {
                                end++;
                            }
                            return new String(bytes, 0, end, StandardCharsets.UTF_8);
                        });
    }

    /** The attributes inside of this one; none where it is missing. */
    public Attributes nested(int type) {
        ByteBuffer value = values.get(type);
        return value == null ? new Attributes(Map.of()) : read(value);
    }

    private static ByteBuffer sized(int type, ByteBuffer value, int least) {
        if (value.limit() < least) {
            throw new MalformedMessageException(
                    "attribute "
                            + type
                            + " has "
                            + value.limit()
                            + " bytes, "
                            + least
                            + " are needed");
        }
        return value;
    }
}
