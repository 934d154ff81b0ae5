package dev.weft.ipam.restore;

import dev.weft.bus.Feeds;
import dev.weft.bus.SnapshotClient;
import dev.weft.bus.SnapshotSource;
import dev.weft.ipam.IpamConfig;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ports that OVN has for leases, as vpc-service tells of them. */
@ApplicationScoped
public class OvnPorts {

    private static final Logger LOG = LoggerFactory.getLogger(OvnPorts.class);

    private final @Nullable SnapshotSource vpc;

    OvnPorts(IpamConfig config) {
        this.vpc = config.vpc().url().map(SnapshotClient::new).orElse(null);
    }

    /**
     * The addresses of the ports by name; empty when they cannot be had. One attempt, and nobody
     * waits long: to know them is good but not needed.
     */
    public Optional<Map<String, DualStack<IpAddress>>> read() throws InterruptedException {
        if (vpc == null) {
            return Optional.empty();
        }
        try {
            var ports = new HashMap<String, DualStack<IpAddress>>();
            vpc.read(
                    Feeds.OVN_PORT,
                    (name, port) -> {
                        var addresses = port.path("addresses").asText("");
                        ports.put(
                                name,
                                addresses.isEmpty()
                                        ? DualStack.none()
                                        : DualStack.parseAddresses(addresses));
                    });
            return Optional.of(Map.copyOf(ports));
        } catch (java.io.IOException | IllegalArgumentException e) {
            LOG.info("leases are not compared with OVN: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
