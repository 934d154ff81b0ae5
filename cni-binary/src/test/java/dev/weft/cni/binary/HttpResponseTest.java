package dev.weft.cni.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseTest {

    private static HttpResponse read(String text) throws IOException {
        return HttpResponse.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String bodyOf(String text) throws IOException {
        return new String(read(text).body(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void readsABodyOfAGivenLength() throws IOException {
        assertThat(bodyOf("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}ignored")).isEqualTo("{}");
    }

    @Test
    void readsABodyInChunks() throws IOException {
        assertThat(
                        bodyOf(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: 1\r\n\r\n"))
                .isEqualTo("abc0123456789");
    }

    @Test
    void readsABodyUpToTheEndOfTheConnection() throws IOException {
        assertThat(bodyOf("HTTP/1.0 200\r\n\r\nabc")).isEqualTo("abc");
    }

    @Test
    void skipsInterimResponses() throws IOException {
        assertThat(read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n").status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 2000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 4294967295\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n"
            })
    void refusesWhatIsNotSuchAResponse(String text) {
        assertThatExceptionOfType(HttpResponse.Malformed.class).isThrownBy(() -> read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab"
            })
    void noticesThatTheAnswerIsCut(String text) {
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 ", "HTTP/1.1 200 OK\r\nA: ", "HTTP/1.1 200 OK\r\n\r\n"})
    void readsNoMoreThanItsBounds(String start) {
        assertThatExceptionOfType(HttpResponse.Malformed.class)
                .isThrownBy(() -> read(start + "x".repeat(2 << 20)));
        assertThatExceptionOfType(HttpResponse.Malformed.class)
                .isThrownBy(() -> read("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(1000)));
        assertThatExceptionOfType(HttpResponse.Malformed.class)
                .isThrownBy(() -> read("HTTP/1.1 100 Continue\r\n\r\n".repeat(1000)));
    }
}
