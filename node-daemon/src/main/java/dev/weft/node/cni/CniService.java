package dev.weft.node.cni;

import dev.weft.cni.CniAttachment;
import dev.weft.cni.CniErrorCode;
import dev.weft.cni.CniException;
import dev.weft.cni.CniRequest;
import dev.weft.cni.CniVersion;
import dev.weft.cni.json.JsonValue;
import dev.weft.cni.json.JsonWriter;
import dev.weft.netlink.NetlinkException;
import dev.weft.node.http.HttpRequest;
import dev.weft.node.http.HttpResponse;
import dev.weft.node.http.UnixHttpServer;
import dev.weft.node.ovs.OvsException;
import dev.weft.node.pod.PodLinkPlan;
import dev.weft.node.util.Cancellation;
import dev.weft.node.util.KeyedLocks;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code POST /v1/add|del|check|gc|status}: one command at a time for an interface of a
 * container, where a DEL ends an ADD that still waits. An answer is the result (an empty object
 * where a command has none), or CNI's error object.
 */
public final class CniService implements UnixHttpServer.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(CniService.class);
    private static final String DEL_CAME = "DEL came while ADD was waiting";
    private static final JsonValue NOTHING = JsonValue.JsonObject.builder().build();

    private final Fabric fabric;
    private final AddCommand add;
    private final DelCommand del;
    private final CheckCommand check;
    private final GcCommand gc;
    private final MeterRegistry metrics;
    private final KeyedLocks<CniAttachment> locks = new KeyedLocks<>();
    private final Map<CniAttachment, Cancellation> adding = new ConcurrentHashMap<>();

    /** How many DELs are under way: an ADD that gets the lock before one of them ends by itself. */
    private final Map<CniAttachment, Integer> deleting = new ConcurrentHashMap<>();

    CniService(
            Fabric fabric,
            AddCommand add,
            DelCommand del,
            CheckCommand check,
            GcCommand gc,
            MeterRegistry metrics) {
        this.fabric = fabric;
        this.add = add;
        this.del = del;
        this.check = check;
        this.gc = gc;
        this.metrics = metrics;
        metrics.gauge("weft.cni.adding", adding, Map::size);
    }

    @Override
    public HttpResponse handle(HttpRequest http) {
        if (!http.method().equals("POST")) {
            return refuse(405, "only POST is served");
        }
        var timing = new Timing();
        String command = http.path().substring(http.path().lastIndexOf('/') + 1);
        String known =
                Map.of("add", "add", "del", "del", "check", "check", "gc", "gc", "status", "status")
                        .getOrDefault(command, "unknown");
        try {
            CniRequest request = CniRequest.read(http.body());
            if (!http.path().equals(request.command().httpPath())) {
                return refuse(
                        404,
                        "POST "
                                + http.path()
                                + " is not where "
                                + request.command()
                                + " is served");
            }
            JsonValue answer = run(request, timing);
            timing.record(metrics, known, "ok");
            return new HttpResponse(
                    200, JsonWriter.writeBytes(answer), Map.of("Server-Timing", timing.header()));
        } catch (RuntimeException e) {
            CniException error = asCni(e);
            timing.record(metrics, known, "error-" + error.code());
            if (known.equals("status")) {
                LOG.debug("STATUS: {}", error.getMessage());
            } else {
                LOG.info("{} failed: {}", command.toUpperCase(Locale.ROOT), error.getMessage());
            }
            return error(status(error), error);
        }
    }

    @Override
    public HttpResponse refuse(int status, String why) {
        CniErrorCode code =
                status == 429 ? CniErrorCode.TRY_AGAIN_LATER : CniErrorCode.DECODING_FAILURE;
        return error(status, new CniException(code, "request refused", why));
    }

    private JsonValue run(CniRequest request, Timing timing) {
        return switch (request.command()) {
            case ADD -> add(request, timing);
            case DEL -> del(request, timing);
            case CHECK -> {
                try (var _ = locks.lock(request.attachment())) {
                    check.run(request);
                }
                yield NOTHING;
            }
            case GC -> {
                gc.run(request, timing);
                yield NOTHING;
            }
            case STATUS -> {
                fabric.why()
                        .ifPresent(
                                why -> {
                                    throw why;
                                });
                yield NOTHING;
            }
            case VERSION ->
                    throw new CniException(
                            CniErrorCode.INVALID_ENVIRONMENT,
                            "VERSION is answered by the binary",
                            null);
        };
    }

    private JsonValue add(CniRequest request, Timing timing) {
        try (var _ = locks.lock(request.attachment())) {
            var cancellation = new Cancellation();
            adding.put(request.attachment(), cancellation);
            if (deleting.containsKey(request.attachment())) {
                cancellation.cancel(DEL_CAME);
            }
            try {
                return add.run(request, cancellation, timing).toJson(CniVersion.LATEST);
            } finally {
                adding.remove(request.attachment());
            }
        }
    }

    private JsonValue del(CniRequest request, Timing timing) {
        // announced before it looks, so that either it finds the ADD or the ADD finds it
        deleting.merge(request.attachment(), 1, Integer::sum);
        Cancellation waiting = adding.get(request.attachment());
        if (waiting != null) {
            waiting.cancel(DEL_CAME);
        }
        try (var _ = locks.lock(request.attachment())) {
            deleting.computeIfPresent(request.attachment(), (_, n) -> n == 1 ? null : n - 1);
            del.run(request, timing);
        }
        return NOTHING;
    }

    private static CniException asCni(RuntimeException e) {
        return switch (e) {
            case CniException cni -> cni;
            case Cancellation.CancelledException _ -> again("cancelled", e);
            case OvsException _ -> again("Open vSwitch did not take the change", e);
            case NetlinkException.NotFound _ -> again("container went away", e);
            case PodLinkPlan.ForeignInterfaceException _ ->
                    new CniException(
                            CniErrorCode.INVALID_ENVIRONMENT,
                            "interface name is taken",
                            e.getMessage());
            default -> {
                LOG.error("unexpected failure of a CNI command", e);
                yield new CniException(CniErrorCode.INTERNAL, "node daemon failed", e.toString());
            }
        };
    }

    private static CniException again(String msg, RuntimeException e) {
        return new CniException(CniErrorCode.TRY_AGAIN_LATER, msg, e.getMessage());
    }

    /** The binary looks at the body; the status is for people with curl. */
    private static int status(CniException error) {
        if (error.is(CniErrorCode.INTERNAL)) {
            return 500;
        }
        if (error.is(CniErrorCode.TRY_AGAIN_LATER)
                || error.is(CniErrorCode.PLUGIN_NOT_AVAILABLE)
                || error.is(CniErrorCode.LIMITED_CONNECTIVITY)) {
            return 503;
        }
        return error.is(CniErrorCode.POD_REFUSED) || error.is(CniErrorCode.CHECK_FAILED)
                ? 422
                : 400;
    }

    private static HttpResponse error(int status, CniException error) {
        return HttpResponse.of(
                status, JsonWriter.writeBytes(error.toError(CniVersion.LATEST).toJson()));
    }
}
