package dev.weft.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The API server with as little of a client as can be: written JSON out, answers thrown away. A
 * benchmark's own work comes from the same cores as what it measures.
 */
final class RawKube implements AutoCloseable {
    private final HttpClient http;
    private final URI server;
    private final String token;

    /** By the address, the certificate authority and the token of a configuration. */
    RawKube(Config config) {
        server = URI.create(config.getMasterUrl());
        token = config.getAutoOAuthToken();
        try {
            http = HttpClient.newBuilder().sslContext(SSLUtils.sslContext(config)).build();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no TLS to " + server, e);
        }
    }

    /** Creates the object. */
    void post(String path, String json) {
        send("POST", "application/json", path, json);
    }

    /** A JSON merge patch. */
    void patch(String path, String json) {
        send("PATCH", "application/merge-patch+json", path, json);
    }

    /** Deletes the object, if it is there, or the collection; pods at once. */
    void delete(String path) {
        send("DELETE", "application/json", path, "{\"gracePeriodSeconds\":0}");
    }

    /**
     * Watches on a thread of its own until the process ends.
     *
     * @param each hears every event as the line that the API server wrote; returns quickly
     */
    Watch watch(String path, Consumer<String> each) {
        HttpRequest request = request(path + "?watch=true").GET().build();
        HttpResponse<Stream<String>> events = send(request, BodyHandlers.ofLines());
        Thread.ofVirtual()
                .name("watch")
                .start(
                        () -> {
                            try (Stream<String> lines = events.body()) {
                                lines.forEach(each);
                            } catch (UncheckedIOException e) {
                                // closed
                            }
                        });
        return events.body()::close;
    }

    /** A running watch. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    private void send(String method, String type, String path, String json) {
        send(
                request(path)
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.discarding());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", "Bearer " + token);
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            HttpResponse<T> response = http.send(request, body);
            boolean gone = response.statusCode() == 404 && request.method().equals("DELETE");
            if (response.statusCode() >= 300 && !gone) {
                throw new IllegalStateException(
                        request.method() + " " + request.uri() + ": " + response.statusCode());
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
