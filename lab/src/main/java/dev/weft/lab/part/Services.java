package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.LabLayout.Port;
import dev.weft.lab.LabState;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Our control services and how each is configured. */
public final class Services {
    private final LabLayout layout;
    private final Path home;
    private final LabState state;
    private final OvnCentral central;
    private final Postgres postgres;
    private final Broker broker;

    public Services(
            LabLayout layout,
            Path home,
            LabState state,
            OvnCentral central,
            Postgres postgres,
            Broker broker) {
        this.layout = layout;
        this.home = home;
        this.state = state;
        this.central = central;
        this.postgres = postgres;
        this.broker = broker;
    }

    /** relay, ipam and vpc. */
    public List<Service> all() {
        return List.of(
                service("relay", Port.RELAY, Map.of()),
                service(
                        "ipam",
                        Port.IPAM,
                        Map.of(
                                "WEFT_RELAY_URL", url(Port.RELAY),
                                "WEFT_VPC_URL", url(Port.VPC),
                                // tests fill small subnets again and again
                                "WEFT_IPAM_QUARANTINE", "PT5S",
                                "QUARKUS_DATASOURCE_REACTIVE_URL", postgres.url(),
                                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + postgres.url(),
                                "QUARKUS_DATASOURCE_USERNAME", Postgres.USER,
                                "QUARKUS_DATASOURCE_PASSWORD", state.postgresPassword())),
                service(
                        "vpc",
                        Port.VPC,
                        Map.of(
                                "WEFT_RELAY_URL", url(Port.RELAY),
                                "WEFT_IPAM_URL", url(Port.IPAM),
                                "WEFT_OVN_NB", central.northboundRemote())));
    }

    private Service service(String name, Port port, Map<String, String> own) {
        Map<String, String> environment = new HashMap<>(broker.clientEnvironment());
        environment.putAll(own);
        return new Service(layout, name, home.resolve(name + "-service"), port, environment);
    }

    private String url(Port port) {
        return "http://127.0.0.1:" + layout.port(port);
    }
}
