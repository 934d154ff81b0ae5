package dev.weft.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.net.DualStack;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedMessageTest {
    private static final UUID EPOCH = UUID.fromString("00000000-0000-0000-0000-00000000000a");

    @Test
    void comesBackFromItsJsonForm() {
        var object = Json.mapper().createObjectNode().put("name", "web-0");
        for (var message :
                new FeedMessage[] {
                    FeedMessage.upsert(Feeds.POD, EPOCH, 7, "shop/web-0", object),
                    FeedMessage.delete(Feeds.POD, EPOCH, 8, "shop/web-0"),
                    FeedMessage.beacon(Feeds.POD, EPOCH, 8)
                }) {
            assertThat(FeedMessage.parse(message.toBytes())).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"feed\":",
                "{}",
                "{\"feed\":\"kube.pod\",\"epoch\":\"x\",\"position\":1,\"type\":\"DELETE\",\"key\":\"a\"}",
                "{\"feed\":\"kube.pod\",\"epoch\":\"00000000-0000-0000-0000-00000000000a\",\"position\":0,\"type\":\"DELETE\",\"key\":\"a\"}",
                "{\"feed\":\"kube.pod\",\"epoch\":\"00000000-0000-0000-0000-00000000000a\",\"position\":1,\"type\":\"DELETE\"}",
                "{\"feed\":\"kube.pod\",\"epoch\":\"00000000-0000-0000-0000-00000000000a\",\"position\":1,\"type\":\"UPSERT\",\"key\":\"a\"}",
                "{\"feed\":\"kube.pod\",\"epoch\":\"00000000-0000-0000-0000-00000000000a\",\"position\":1,\"type\":\"RENAME\",\"key\":\"a\"}"
            })
    void refusesWhatIsNoMessage(String body) {
        assertThatThrownBy(() -> FeedMessage.parse(body.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesTheAddressesOfALeaseAsOneString() throws Exception {
        var lease =
                new LeaseView(
                        "web-0.shop",
                        "Pod",
                        "shop",
                        "web-0",
                        null,
                        "ovn-cluster",
                        "ovn-default",
                        DualStack.parseAddresses("10.16.0.5,fd00:10:16::5"),
                        "0a:00:00:00:00:01",
                        true,
                        Instant.parse("2026-01-02T03:04:05Z"));

        var json = Json.mapper().valueToTree(lease);

        assertThat(json.get("addresses").textValue()).isEqualTo("10.16.0.5,fd00:10:16::5");
        assertThat(json.get("since").textValue()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(Json.mapper().treeToValue(json, LeaseView.class)).isEqualTo(lease);
    }
}
