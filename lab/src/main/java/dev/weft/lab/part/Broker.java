package dev.weft.lab.part;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.lab.LabLayout;
import dev.weft.lab.LabLayout.Port;
import dev.weft.lab.broker.BrokerMain;
import dev.weft.lab.broker.Mistreatment;
import dev.weft.lab.host.Http;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Launch;
import dev.weft.lab.host.Sockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** The AMQP 1.0 broker, {@link BrokerMain} in a process of its own. */
public final class Broker {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LabLayout layout;
    private final String password;
    private final LabProcess process;

    public Broker(LabLayout layout, String password) {
        this.layout = layout;
        this.password = password;
        this.process = new LabProcess(layout.dir(), "broker", this::launch);
    }

    /** The broker's process. */
    public LabProcess process() {
        return process;
    }

    /** What a client of the AMQP connector must know. */
    public Map<String, String> clientEnvironment() {
        return Map.of(
                "AMQP_HOST",
                "127.0.0.1",
                "AMQP_PORT",
                Integer.toString(layout.port(Port.BROKER)),
                "AMQP_USERNAME",
                BrokerMain.USER,
                "AMQP_PASSWORD",
                password);
    }

    /**
     * From now on messages are treated so. Until the broker's next start: it comes up treating them
     * well.
     */
    public void mistreat(Mistreatment how) {
        try {
            HttpResponse<String> response =
                    Http.send("PUT", control(), JSON.writeValueAsString(how));
            if (response.statusCode() != 200) {
                throw new IllegalArgumentException(
                        "the broker refuses " + how + ": " + response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How many messages were {@code seen}, {@code dropped}, {@code doubled}, {@code delayed} since
     * the broker's start.
     */
    public JsonNode report() {
        try {
            return JSON.readTree(Http.get(control()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String control() {
        return "http://127.0.0.1:" + layout.port(Port.BROKER_CONTROL) + "/";
    }

    private Launch launch() {
        int port = layout.port(Port.BROKER);
        int control = layout.port(Port.BROKER_CONTROL);
        List<String> arguments =
                List.of(
                        Integer.toString(port),
                        Integer.toString(control),
                        layout.file("broker").toString());
        return Jvm.main(
                        "broker",
                        layout.log("broker"),
                        BrokerMain.class.getName(),
                        "192m",
                        arguments)
                .with(Map.of("WEFT_BROKER_PASSWORD", password))
                .readyWhen(() -> Sockets.accepts(port) && Sockets.accepts(control));
    }
}
