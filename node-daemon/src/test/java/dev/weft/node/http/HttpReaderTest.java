package dev.weft.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpReaderTest {
    static HttpRequest read(byte[] bytes, int atATime) throws IOException, HttpException {
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
}
