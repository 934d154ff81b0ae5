package dev.weft.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpReaderTest {
    private static HttpRequest read(byte[] bytes, int atATime) throws IOException, HttpException {
        InputStream slow =
                new ByteArrayInputStream(bytes) {
                    @Override
                    public int read(byte[] into, int offset, int length) {
                        return super.read(into, offset, Math.min(length, atATime));
                    }
                };
        return new HttpReader(Channels.newChannel(slow), 1000).read();
    }

    private static HttpRequest read(String text) throws IOException, HttpException {
        return read(text.getBytes(StandardCharsets.ISO_8859_1), 4096);
    }

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

        HttpRequest request = read(all, atATime);

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/add");
        assertThat(request.body()).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            POST /v1/add                                            | 400
            POST v1/add HTTP/1.1                                    | 400
            POST /v1/add SPDY/1                                     | 400
            POST /v1/add HTTP/1.1                                   | 411
            POST /v1/add HTTP/1.1~Transfer-Encoding: chunked        | 411
            POST /v1/add HTTP/1.1~Content-Length: 1001              | 413
            POST /v1/add HTTP/1.1~Content-Length: -1                | 400
            POST /v1/add HTTP/1.1~Content-Length: 99999999999       | 400
            POST /v1/add HTTP/1.1~Content-Length: 1~Content-Length: 2 | 400
            POST /v1/add HTTP/1.1~: x                               | 400
            """)
    void refusesWhatItCannotServe(String head, int status) {
        assertThatThrownBy(() -> read(head.replace("~", "\r\n") + "\r\n\r\n"))
                .isInstanceOfSatisfying(
                        HttpException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void refusesAnEndlessHead() {
        assertThatThrownBy(() -> read("POST /v1/add HTTP/1.1\r\n" + "X: y\r\n".repeat(5000)))
                .isInstanceOfSatisfying(
                        HttpException.class, e -> assertThat(e.status()).isEqualTo(431));
    }

    @Test
    void refusesPipelinedBytes() {
        assertThatThrownBy(() -> read("POST /v1/add HTTP/1.1\r\nContent-Length: 1\r\n\r\nab"))
                .isInstanceOf(HttpException.class);
    }

    @Test
    void noticesACutRequest() {
        assertThatThrownBy(() -> read("POST /v1/add HTTP/1.1\r\nContent-Length: 9\r\n\r\nab"))
                .isInstanceOf(EOFException.class);
    }

    @Property
    void noiseIsRefusedOrCutShort(@ForAll @Size(max = 200) byte[] noise) throws Exception {
        try {
            assertThat(read(noise, 4096)).isNotNull();
        } catch (HttpException | EOFException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }
}
