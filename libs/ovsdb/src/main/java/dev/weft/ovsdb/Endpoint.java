package dev.weft.ovsdb;

import java.util.Arrays;
import java.util.List;

/** Where an OVSDB server listens, in the notation of ovsdb(7), "Active" connection methods. */
public sealed interface Endpoint {
    /** A Unix domain socket. */
    record Unix(String path) implements Endpoint {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    record Tcp(String host, int port) implements Endpoint {
        @Override
        public String toString() {
            return "tcp:" + hostPort(host, port);
        }
    }

    /** TLS over TCP. */
    record Ssl(String host, int port) implements Endpoint {
        @Override
        public String toString() {
            return "ssl:" + hostPort(host, port);
        }
    }

    /**
     * Reads one endpoint or a list with commas: {@code unix:/path}, {@code tcp:host:port}, {@code
     * ssl:[2001:db8::1]:6641}.
     *
     * @throws IllegalArgumentException when the text is none of these
     */
    static List<Endpoint> parse(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(Endpoint::parseOne)
                .toList();
    }

    private static Endpoint parseOne(String text) {
        if (text.startsWith("unix:") && text.length() > 5) {
            return new Unix(text.substring(5));
        }
        var colon = text.lastIndexOf(':');
        if ((text.startsWith("tcp:") || text.startsWith("ssl:")) && colon > 4) {
            var host = text.substring(4, colon);
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            }
            var port = port(text.substring(colon + 1));
            if (port > 0 && !host.isEmpty()) {
                return text.startsWith("tcp:") ? new Tcp(host, port) : new Ssl(host, port);
            }
        }
        throw new IllegalArgumentException(
                "OVSDB endpoint '"
                        + text
                        + "' is none of unix:PATH, tcp:HOST:PORT, ssl:HOST:PORT (an IPv6 address in square brackets)");
    }

    private static int port(String text) {
        try {
            var port = Integer.parseInt(text);
            return port <= 65535 ? port : -1;
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static String hostPort(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
