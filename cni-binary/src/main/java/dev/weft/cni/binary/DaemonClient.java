package dev.weft.cni.binary;

import dev.weft.cni.CniCommand;
import dev.weft.cni.CniDns;
import dev.weft.cni.CniError;
import dev.weft.cni.CniErrorCode;
import dev.weft.cni.CniException;
import dev.weft.cni.CniRequest;
import dev.weft.cni.CniResult;
import dev.weft.cni.Fields;
import dev.weft.cni.json.JsonWriter;
import dev.weft.cni.json.Quoted;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Posts one request to the node daemon and reads its answer. A daemon that is away or too slow is a
 * passing condition: every command but STATUS then fails with {@link CniErrorCode#TRY_AGAIN_LATER},
 * and DEL too, since a DEL that claims success without the daemon would leave the pod's port and
 * lease behind for ever.
 */
final class DaemonClient {

    /**
     * Below kubelet's two minutes, so that the pod's event tells our reason and not a timeout of
     * the runtime.
     */
    private static final Duration DEADLINE = Duration.ofSeconds(110);

    /** STATUS only asks whether the daemon is well; runtimes ask often. */
    private static final Duration STATUS_DEADLINE = Duration.ofSeconds(10);

    private static final CniResult NOTHING =
            new CniResult(List.of(), List.of(), List.of(), CniDns.NONE);

    private final CniRequest request;
    private final UnixSocket.Connector connector;
    private final Duration deadline;

    DaemonClient(CniRequest request, UnixSocket.Connector connector) {
        this.request = request;
        this.connector = connector;
        var configured = request.config().timeout();
        this.deadline =
                configured != null
                        ? configured
                        : request.command() == CniCommand.STATUS ? STATUS_DEADLINE : DEADLINE;
    }

    /**
     * Does the request; commands without a result give an empty one. Throws {@link CniException}.
     */
    CniResult call() {
        var response = exchange();
        if (!response.isSuccess()) {
            throw failure(response);
        }
        if (request.command() != CniCommand.ADD) {
            return NOTHING;
        }
        try {
            return CniResult.parse(Fields.read(response.body(), "the result"));
        } catch (CniException e) {
            throw badAnswer(e.getMessage());
        }
    }

    private HttpResponse exchange() {
        var path = request.config().serverSocket();
        boolean connected = false;
        try (var socket = connector.connect(path, deadline)) {
            connected = true;
            socket.write(post());
            return HttpResponse.read(new BufferedInputStream(socket.input()));
        } catch (HttpResponse.Malformed e) {
            throw badAnswer(String.valueOf(e.getMessage()));
        } catch (UnixSocket.TimedOut _) {
            throw tooSlow();
        } catch (IOException e) {
            throw unavailable(
                    connected
                            ? "the node daemon closed the connection on "
                                    + path
                                    + " without an answer"
                            : "no node daemon listens on " + path,
                    e);
        }
    }

    private byte[] post() {
        var body = JsonWriter.writeBytes(request.toJson());
        var head =
                "POST "
                        + request.command().httpPath()
                        + " HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Content-Type: application/json\r\n"
                        + "Content-Length: "
                        + body.length
                        + "\r\n"
                        + "Connection: close\r\n\r\n";
        var headBytes = head.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(headBytes.length + body.length).put(headBytes).put(body).array();
    }

    /** The daemon's error as it is; anything else with a failing status is not our daemon. */
    private static CniException failure(HttpResponse response) {
        CniError error;
        try {
            error = CniError.parse(Fields.read(response.body(), "the error"));
        } catch (CniException _) {
            throw badAnswer(
                    "HTTP status "
                            + response.status()
                            + " with "
                            + Quoted.of(new String(response.body(), StandardCharsets.UTF_8)));
        }
        return CniException.of(error);
    }

    private CniException unavailable(String what, IOException cause) {
        return new CniException(
                isStatus() ? CniErrorCode.PLUGIN_NOT_AVAILABLE : CniErrorCode.TRY_AGAIN_LATER,
                "the node daemon is not available",
                what + " (" + cause + "); is the daemon running on this node?");
    }

    private CniException tooSlow() {
        return new CniException(
                isStatus() ? CniErrorCode.PLUGIN_NOT_AVAILABLE : CniErrorCode.TRY_AGAIN_LATER,
                "the node daemon did not answer in time",
                "no answer to "
                        + request.command()
                        + " on "
                        + request.config().serverSocket()
                        + " within "
                        + deadline.toSeconds()
                        + " s (timeout_seconds)");
    }

    private boolean isStatus() {
        return request.command() == CniCommand.STATUS;
    }

    private static CniException badAnswer(String details) {
        return new CniException(
                CniErrorCode.BAD_ANSWER,
                "the node daemon's answer cannot be understood",
                details + "; does server_socket belong to Weft's node daemon?");
    }
}
