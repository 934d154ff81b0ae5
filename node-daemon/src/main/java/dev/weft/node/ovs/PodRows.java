package dev.weft.node.ovs;

import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import dev.weft.ovn.Desired;
import dev.weft.ovn.RowRef;
import dev.weft.ovn.RowSpec;
import dev.weft.ovn.ovs.Bridge;
import dev.weft.ovn.ovs.Interface;
import dev.weft.ovn.ovs.Port;
import dev.weft.ovsdb.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The port and the interface of a pod in OVS. */
public final class PodRows {
    /** Written into {@code external_ids:vendor}, so that others see whose port it is. */
    public static final String VENDOR = "weft";

    private static final String IP = "ip";
    private static final String MAC = "attached-mac";

    private PodRows() {}

    /**
     * What the pod should have; a port of an earlier container of the pod goes in the same
     * transaction.
     */
    public static Desired desired(
            Attachment attachment, DualStack<IpAddress> addresses, MacAddress mac) {
        return desired(attachment, addresses.toString(), mac.toString());
    }

    /** What an interface that an earlier daemon plugged says that the pod should have. */
    public static Optional<Desired> found(Row row) {
        Map<String, String> ids = row.get(Interface.EXTERNAL_IDS);
        return Attachment.of(row)
                .map(
                        attachment ->
                                desired(
                                        attachment,
                                        ids.getOrDefault(IP, ""),
                                        ids.getOrDefault(MAC, "")));
    }

    private static Desired desired(Attachment attachment, String ip, String mac) {
        var ids = new HashMap<>(attachment.externalIds());
        ids.put("iface-id", attachment.portName());
        ids.put("vendor", VENDOR);
        ids.put(IP, ip);
        ids.put(MAC, mac);
        RowSpec port =
                RowSpec.of(Port.TABLE, attachment.hostLink())
                        .withRefs(
                                Port.INTERFACES, RowRef.of(Interface.TABLE, attachment.hostLink()))
                        .memberOf(Bridge.PORTS, RowRef.of(Bridge.TABLE, HostRows.BRIDGE));
        RowSpec iface =
                RowSpec.of(Interface.TABLE, attachment.hostLink())
                        .withEntries(Interface.EXTERNAL_IDS, ids);
        return Desired.of(attachment.owner(), port, iface);
    }
}
