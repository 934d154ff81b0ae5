package dev.weft.lab.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * HTTP on loopback: {@code GET /} reports as JSON, {@code PUT /} with a {@link Mistreatment} as
 * JSON switches.
 */
final class ControlPort {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_BODY = 10_000;

    private final int port;
    private final MistreatingPlugin plugin;

    ControlPort(int port, MistreatingPlugin plugin) {
        this.port = port;
        this.plugin = plugin;
    }

    void start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if ("PUT".equals(exchange.getRequestMethod())) {
                byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY);
                plugin.set(JSON.readValue(body, Mistreatment.class));
            }
            reply(exchange, 200, JSON.writeValueAsString(plugin.report()));
        } catch (JsonProcessingException e) {
            reply(exchange, 400, e.getOriginalMessage());
        }
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
