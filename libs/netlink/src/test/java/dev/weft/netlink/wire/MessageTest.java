package dev.weft.netlink.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static NetlinkMessage only(byte[] bytes) {
        List<NetlinkMessage> messages = NetlinkMessage.readAll(ByteBuffer.wrap(bytes));
        assertThat(messages).hasSize(1);
        return messages.getFirst();
    }

    @Test
    void readsWhatWasWritten() {
        byte[] bytes =
                new MessageWriter(Nl.RTM_NEWLINK, Nl.REQUEST | Nl.ACK)
                        .u32(0)
                        .u32(7)
                        .u32(1)
                        .u32(1)
                        .attributeString(Nl.IFLA_IFNAME, "eth0")
                        .attributeU32(Nl.IFLA_MTU, 1400)
                        .attributeU8(99, 200)
                        .nested(
                                Nl.IFLA_LINKINFO,
                                info -> info.attributeString(Nl.IFLA_INFO_KIND, "veth"))
                        .finish(42);

        NetlinkMessage message = only(bytes);

        assertThat(message.type()).isEqualTo(Nl.RTM_NEWLINK);
        assertThat(message.flags()).isEqualTo(Nl.REQUEST | Nl.ACK);
        assertThat(message.sequence()).isEqualTo(42);
        assertThat(message.i32(4)).isEqualTo(7);
        Attributes attributes = message.attributes(16);
        assertThat(attributes.string(Nl.IFLA_IFNAME)).contains("eth0");
        assertThat(attributes.i32(Nl.IFLA_MTU)).hasValue(1400);
        assertThat(attributes.u8(99)).hasValue(200);
        assertThat(attributes.nested(Nl.IFLA_LINKINFO).string(Nl.IFLA_INFO_KIND)).contains("veth");
        assertThat(attributes.has(Nl.IFLA_MASTER)).isFalse();
        assertThat(attributes.nested(Nl.IFLA_AF_SPEC).has(1)).isFalse();
    }

    @Test
    void padsAttributesToFourBytes() {
        byte[] bytes =
                new MessageWriter(1, 0).attribute(1, new byte[] {1}).attributeU32(2, 5).finish(1);

        assertThat(bytes).hasSize(16 + 8 + 8);
        assertThat(only(bytes).attributes(0).i32(2)).hasValue(5);
    }

    @Test
    void splitsADatagramIntoItsMessages() {
        byte[] first = new MessageWriter(16, 2).attributeString(3, "a").finish(1);
        byte[] second = new MessageWriter(3, 2).u32(0).finish(1);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);

        assertThat(NetlinkMessage.readAll(ByteBuffer.wrap(both)))
                .extracting(NetlinkMessage::type)
                .containsExactly(16, 3);
    }

    @Test
    void refusesAMessageLongerThanTheDatagram() {
        byte[] bytes = new MessageWriter(16, 0).attributeString(3, "eth0").finish(1);
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(0, bytes.length + 1);

        assertThatThrownBy(() -> NetlinkMessage.readAll(ByteBuffer.wrap(bytes)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("says 29 bytes");
    }

    @Test
    void refusesAnAttributeShorterThanItsHeader() {
        byte[] bytes = new MessageWriter(16, 0).attributeU32(3, 0).finish(1);
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putShort(16, (short) 3);

        assertThatThrownBy(() -> only(bytes).attributes(0))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void refusesAnAttributeTooLongForItsLengthField() {
        MessageWriter writer = new MessageWriter(16, 0);

        assertThatThrownBy(() -> writer.attribute(1, new byte[65532]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
