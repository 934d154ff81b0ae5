package dev.weft.cni.binary;

import dev.weft.cni.json.JsonReader;
import dev.weft.cni.json.Quoted;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP/1.1 response (RFC 9112), as much of it as our daemon sends: a body of a given length, in
 * chunks, or up to the end of the connection. Everything is bounded, so a wrong program on the
 * socket cannot fill our memory.
 */
record HttpResponse(int status, byte[] body) {

    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_LINES = 100;
    private static final int MAX_BODY = JsonReader.MAX_BYTES;
    private static final int MAX_INTERIM_RESPONSES = 10;

    /** What came is not such a response; the message says how. */
    static final class Malformed extends IOException {
        Malformed(String message) {
            super(message);
        }
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Reads one response; informational ones before it are skipped. */
    static HttpResponse read(InputStream in) throws IOException {
        for (int i = 0; i <= MAX_INTERIM_RESPONSES; i++) {
            int status = status(line(in));
            var headers = headers(in);
            if (status >= 200) {
                return new HttpResponse(status, status == 204 ? new byte[0] : body(in, headers));
            }
        }
        throw new Malformed("more than " + MAX_INTERIM_RESPONSES + " interim HTTP responses");
    }

    private static int status(String line) throws Malformed {
        boolean isStatusLine =
                line.startsWith("HTTP/1.")
                        && line.length() >= 12
                        && line.charAt(8) == ' '
                        && line.substring(9, 12).chars().allMatch(c -> c >= '0' && c <= '9')
                        && (line.length() == 12 || line.charAt(12) == ' ');
        if (!isStatusLine) {
            throw new Malformed("not an HTTP status line: " + Quoted.of(line));
        }
        return Integer.parseInt(line, 9, 12, 10);
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        var headers = new HashMap<String, String>();
        for (int i = 0; i < MAX_LINES; i++) {
            var line = line(in);
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new Malformed("not an HTTP header: " + Quoted.of(line));
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        throw new Malformed("more than " + MAX_LINES + " HTTP headers");
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        var encoding = headers.get("transfer-encoding");
        if (encoding != null) {
            if (!encoding.equalsIgnoreCase("chunked")) {
                throw new Malformed("unknown transfer-encoding: " + Quoted.of(encoding));
            }
            return chunks(in);
        }
        var length = headers.get("content-length");
        if (length != null) {
            return exactly(in, size(length, 10));
        }
        var body = in.readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw tooLarge();
        }
        return body;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var line = line(in);
            int extension = line.indexOf(';');
            int size = size((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
            if (size == 0) {
                headers(in); // trailers
                return body.toByteArray();
            }
            if (body.size() + size > MAX_BODY) {
                throw tooLarge();
            }
            body.write(exactly(in, size));
            if (!line(in).isEmpty()) {
                throw new Malformed("a chunk is longer than it says");
            }
        }
    }

    private static int size(String text, int radix) throws IOException {
        int size;
        try {
            size = Integer.parseUnsignedInt(text, radix);
        } catch (NumberFormatException _) {
            throw new Malformed("not a length: " + Quoted.of(text));
        }
        if (size < 0 || size > MAX_BODY) {
            throw tooLarge();
        }
        return size;
    }

    private static byte[] exactly(InputStream in, int size) throws IOException {
        var bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException(
                    "the answer is cut after " + bytes.length + " of " + size + " bytes");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the answer is cut");
            }
            if (b == '\n') {
                var text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            if (line.size() == MAX_LINE) {
                throw new Malformed("an HTTP line longer than " + MAX_LINE + " bytes");
            }
            line.write(b);
        }
    }

    private static Malformed tooLarge() {
        return new Malformed("the answer is larger than " + MAX_BODY + " bytes");
    }
}
