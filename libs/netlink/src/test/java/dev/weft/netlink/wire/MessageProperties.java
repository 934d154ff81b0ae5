package dev.weft.netlink.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MessageProperties {
    @Property
    void everyAttributeComesBack(
            @ForAll @IntRange(min = 1, max = 0x3fff) int type,
            @ForAll @Size(max = 2000) byte[] value) {
        byte[] bytes =
                new MessageWriter(16, 1)
                        .u32(0)
                        .nested(9, in -> in.attribute(type, value))
                        .finish(1);

        Attributes attributes =
                NetlinkMessage.readAll(ByteBuffer.wrap(bytes)).getFirst().attributes(4);

        assertThat(attributes.nested(9).bytes(type)).contains(value);
    }

    @Property
    void cutOrRandomBytesAreReadOrRefusedButNeverReadBeyond(@ForAll @Size(max = 200) byte[] noise) {
        readWhole(noise);
    }

    @Property
    void aCutMessageIsReadOrRefused(
            @ForAll @IntRange(min = 0, max = 100) int cut,
            @ForAll @IntRange(min = 0, max = 99) int at,
            @ForAll byte flip) {
        byte[] bytes =
                new MessageWriter(16, 1)
                        .u32(0)
                        .u32(1)
                        .u32(2)
                        .u32(3)
                        .attributeString(3, "eth0")
                        .nested(
                                18,
                                info ->
                                        info.attributeString(1, "veth")
                                                .nested(2, data -> data.attributeU32(1, 7)))
                        .finish(1);
        byte[] hostile = Arrays.copyOf(bytes, Math.max(0, bytes.length - cut));
        if (at < hostile.length) {
            hostile[at] ^= flip;
        }
        readWhole(hostile);
    }

    /** Any outcome is right except an error of another kind, such as one about array bounds. */
    private static void readWhole(byte[] bytes) {
        try {
            for (NetlinkMessage message : NetlinkMessage.readAll(ByteBuffer.wrap(bytes))) {
                Attributes attributes = message.attributes(16);
                attributes.i32(4);
                attributes.string(3);
                attributes.nested(18).nested(2).i32(1);
            }
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageContaining("bytes");
        }
    }
}
