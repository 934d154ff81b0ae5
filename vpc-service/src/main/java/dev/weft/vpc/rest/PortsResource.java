package dev.weft.vpc.rest;

import dev.weft.bus.Feeds;
import dev.weft.bus.Json;
import dev.weft.bus.SnapshotHeader;
import dev.weft.bus.SnapshotWriter;
import dev.weft.ovn.Stamp;
import dev.weft.ovn.nb.LogicalSwitchPort;
import dev.weft.ovsdb.Row;
import dev.weft.vpc.northbound.Northbound;
import dev.weft.vpc.topology.Owners;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The ports that OVN has for leases, for who wants to compare. */
@Path("/v1/snapshots/" + Feeds.OVN_PORT)
@Tag(name = "ports")
public class PortsResource {

    private static final UUID EPOCH = UUID.randomUUID();

    private final Northbound northbound;

    PortsResource(Northbound northbound) {
        this.northbound = northbound;
    }

    /** All of them as NDJSON, see {@link SnapshotWriter}; there are no messages that follow. */
    @GET
    @Produces(SnapshotWriter.MEDIA_TYPE)
    @RunOnVirtualThread
    @Operation(summary = "The addresses of OVN's ports that belong to leases")
    public StreamingOutput ports() {
        var ports = read();
        return out -> {
            var writer =
                    new SnapshotWriter(
                            new BufferedOutputStream(out),
                            new SnapshotHeader(Feeds.OVN_PORT, EPOCH, 0));
            for (var port : ports.entrySet()) {
                writer.entry(
                        port.getKey(),
                        Json.mapper()
                                .writeValueAsString(Map.of("addresses", port.getValue()))
                                .getBytes(StandardCharsets.UTF_8));
            }
            writer.end();
        };
    }

    private Map<String, String> read() {
        var ports = new LinkedHashMap<String, String>();
        northbound
                .database()
                .read(
                        view -> {
                            for (var row : view.rows(LogicalSwitchPort.TABLE.name())) {
                                var name = row.get(LogicalSwitchPort.NAME);
                                if (isOfALease(row, name)) {
                                    ports.put(
                                            name, addresses(row.get(LogicalSwitchPort.ADDRESSES)));
                                }
                            }
                            return ports;
                        });
        return ports;
    }

    private static boolean isOfALease(Row row, String port) {
        return Stamp.owner(LogicalSwitchPort.TABLE, row)
                .filter(owner -> owner.service().equals(Owners.SERVICE))
                .filter(owner -> Owners.portName(owner).equals(port))
                .isPresent();
    }

    /** {@code MAC v4 v6} without the MAC, separated by commas. */
    private static String addresses(Set<String> column) {
        return column.stream()
                .findFirst()
                .map(
                        text ->
                                Arrays.stream(text.split(" "))
                                        .skip(1)
                                        .collect(Collectors.joining(",")))
                .orElse("");
    }
}
