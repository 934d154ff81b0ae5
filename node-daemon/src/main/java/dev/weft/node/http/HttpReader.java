package dev.weft.node.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads one request with a {@code Content-Length} (RFC 9112). What a CNI binary never sends is
 * refused rather than guessed at: chunked bodies, folded header lines, two lengths.
 */
final class HttpReader {
    private static final int MAX_HEAD = 8 * 1024;

    private final ReadableByteChannel channel;
    private final int maxBody;

    HttpReader(ReadableByteChannel channel, int maxBody) {
        this.channel = channel;
        this.maxBody = maxBody;
    }

    HttpRequest read() throws IOException, HttpException {
        byte[] buffer = new byte[4096];
        int length = 0;
        int headEnd = -1;
        while (headEnd < 0) {
            if (length == buffer.length) {
                if (length >= MAX_HEAD) {
                    throw new HttpException(
                            431, "request head is longer than " + MAX_HEAD + " bytes");
                }
                buffer = Arrays.copyOf(buffer, 2 * length);
            }
            int from = Math.max(0, length - 3);
            length += fill(buffer, length);
            headEnd = endOfHead(buffer, from, length);
        }
        String[] lines =
                new String(buffer, 0, headEnd, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        String[] start = lines[0].split(" ", -1);
        if (start.length != 3 || !start[2].startsWith("HTTP/1.") || !start[1].startsWith("/")) {
            throw new HttpException(400, "request line must be METHOD /path HTTP/1.1");
        }
        int bodyLength = bodyLength(lines, start[0]);
        int bodyStart = headEnd + 4;
        int have = length - bodyStart;
        if (have > bodyLength) {
            throw new HttpException(
                    400, "more bytes than Content-Length says: requests are not pipelined here");
        }
        byte[] body = new byte[bodyLength];
        System.arraycopy(buffer, bodyStart, body, 0, have);
        while (have < bodyLength) {
            have += fill(body, have);
        }
        int query = start[1].indexOf('?');
        return new HttpRequest(start[0], query < 0 ? start[1] : start[1].substring(0, query), body);
    }

    private int bodyLength(String[] lines, String method) throws HttpException {
        int length = -1;
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon <= 0) {
                throw new HttpException(400, "header line without a name");
            }
            String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            String value = lines[i].substring(colon + 1).strip();
            if (name.equals("transfer-encoding")) {
                throw new HttpException(
                        411, "Transfer-Encoding is not supported: send Content-Length");
            }
            if (name.equals("content-length")) {
                if (length >= 0
                        || value.isEmpty()
                        || value.length() > 9
                        || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                    throw new HttpException(400, "Content-Length must be one number");
                }
                length = Integer.parseInt(value);
            }
        }
        if (length > maxBody) {
            throw new HttpException(
                    413,
                    "request body of " + length + " bytes; at most " + maxBody + " are allowed");
        }
        if (length < 0 && method.equals("POST")) {
            throw new HttpException(411, "Content-Length is missing");
        }
        return Math.max(0, length);
    }

    private int fill(byte[] buffer, int offset) throws IOException {
        int read = channel.read(ByteBuffer.wrap(buffer, offset, buffer.length - offset));
        if (read < 0) {
            throw new EOFException("connection closed inside of a request");
        }
        return read;
    }

    private static int endOfHead(byte[] buffer, int from, int length) {
        for (int i = from; i + 3 < length; i++) {
            if (buffer[i] == '\r'
                    && buffer[i + 1] == '\n'
                    && buffer[i + 2] == '\r'
                    && buffer[i + 3] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
