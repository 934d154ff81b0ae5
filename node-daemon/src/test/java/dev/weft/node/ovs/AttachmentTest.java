package dev.weft.node.ovs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.net.DualStack;
import dev.weft.net.MacAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttachmentTest {
    private static final String ID =
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static Attachment attachment(String provider) {
        return new Attachment(
                ID,
                "eth0",
                "weft",
                provider,
                "shop",
                "web-0",
                "/run/netns/x",
                Attachment.hostLink(ID, "eth0"));
    }

    @Test
    void namesTheHostEndAsThePeerDoes() {
        assertThat(Attachment.hostLink(ID, "eth0")).isEqualTo("0123456789ab_h");
        assertThat(Attachment.hostLink(ID, "net1")).isEqualTo("01234567_net1_h");
    }

    @Test
    void tellsShortContainerIdsWithACommonBeginningApart() {
        assertThat(Attachment.hostLink("test-container-1", "eth0"))
                .isNotEqualTo(Attachment.hostLink("test-container-2", "eth0"));
    }

    @Test
    void isKeptWholeInExternalIds() {
        Attachment attachment = attachment("ovn");

        assertThat(Attachment.of(attachment.hostLink(), attachment.externalIds()))
                .contains(attachment);
        assertThat(Attachment.of("eth5", Map.of("iface-id", "web-0.shop"))).isEmpty();
    }

    @Test
    void givesEveryInterfaceOfAPodAnOwnerAndAPort() {
        assertThat(attachment("ovn").owner()).hasToString("node/Pod/shop/web-0");
        assertThat(attachment("ovn").portName()).isEqualTo("web-0.shop");
        assertThat(attachment("net.shop.ovn").owner())
                .hasToString("node/Pod/shop/web-0/net.shop.ovn");
        assertThat(attachment("net.shop.ovn").portName()).isEqualTo("web-0.shop.net.shop.ovn");
    }

    @Test
    void statesOnePortInTheBridge() {
        var desired =
                PodRows.desired(
                        attachment("ovn"),
                        DualStack.parseAddresses("10.16.0.5"),
                        MacAddress.parse("0a:00:00:00:00:05"));

        assertThat(desired.rows())
                .extracting(row -> row.ref().toString())
                .containsExactly("Port 0123456789ab_h", "Interface 0123456789ab_h");
        assertThat(desired.rows().getFirst().memberships()).hasSize(1);
    }
}
