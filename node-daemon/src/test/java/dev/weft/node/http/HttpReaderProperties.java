package dev.weft.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HttpReaderProperties {
    @Property
    void readsARequestHoweverItIsCut(
            @ForAll @Size(max = 1000) byte[] body,
            @ForAll @IntRange(min = 1, max = 100) int atATime)
            throws Exception {
        byte[] head =
                ("POST /v1/add?x=1 HTTP/1.1\r\nHost: localhost\r\ncontent-length:  "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);

        HttpRequest request = HttpReaderTest.read(all, atATime);

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/add");
        assertThat(request.body()).isEqualTo(body);
    }

    @Property
    void noiseIsRefusedOrCutShort(@ForAll @Size(max = 200) byte[] noise) throws Exception {
        try {
            assertThat(HttpReaderTest.read(noise, 4096)).isNotNull();
        } catch (HttpException | EOFException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }
}
