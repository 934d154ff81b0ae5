package dev.weft.node.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer with a JSON body.
 *
 * @param status such as 200
 * @param headers besides those about type and length
 */
public record HttpResponse(int status, byte[] body, Map<String, String> headers) {
    public HttpResponse {
        headers = Map.copyOf(headers);
    }

    public static HttpResponse of(int status, byte[] body) {
        return new HttpResponse(status, body, Map.of());
    }

    /** The bytes on the wire. The connection is closed after each answer. */
    byte[] toBytes() {
        var head =
                new StringBuilder("HTTP/1.1 ")
                        .append(status)
                        .append(' ')
                        .append(reason(status))
                        .append("\r\nContent-Type: application/json\r\nContent-Length: ")
                        .append(body.length)
                        .append("\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] headBytes = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[headBytes.length + body.length];
        System.arraycopy(headBytes, 0, all, 0, headBytes.length);
        System.arraycopy(body, 0, all, headBytes.length, body.length);
        return all;
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 411 -> "Length Required";
            case 413 -> "Content Too Large";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
