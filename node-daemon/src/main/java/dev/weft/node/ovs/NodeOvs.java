package dev.weft.node.ovs;

import dev.weft.node.util.EventGate;
import dev.weft.ovn.Applied;
import dev.weft.ovn.Desired;
import dev.weft.ovn.OvnDatabase;
import dev.weft.ovn.OvnOptions;
import dev.weft.ovn.Owner;
import dev.weft.ovn.OwnerListener;
import dev.weft.ovn.ovs.Bridge;
import dev.weft.ovn.ovs.Interface;
import dev.weft.ovn.ovs.OpenVSwitch;
import dev.weft.ovn.ovs.Port;
import dev.weft.ovn.ovs.Vswitch;
import dev.weft.ovsdb.ConnectionState;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.Row;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's Open_vSwitch database: rows are stated here for each owner, kept that way when
 * somebody else changes them, and interfaces are waited for. Blocking; to be called from virtual
 * threads.
 */
public final class NodeOvs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeOvs.class);

    private final OvnDatabase database;
    private final Replica interfaces;
    private final EventGate<String> gate = new EventGate<>();
    private final Map<Owner, Desired> stated = new ConcurrentHashMap<>();

    private NodeOvs(OvnDatabase database, Replica interfaces) {
        this.database = database;
        this.interfaces = interfaces;
    }

    /** Connects; completes when the contents are known. */
    public static Future<NodeOvs> open(Vertx vertx, String endpoint) {
        var model =
                Vswitch.MODEL.only(OpenVSwitch.TABLE, Bridge.TABLE, Port.TABLE, Interface.TABLE);
        var ovsdb = OvsdbOptions.of(endpoint, model.database()).withLeaderOnly(false);
        var spec =
                MonitorSpec.builder()
                        .table(
                                Interface.TABLE.name(),
                                Interface.NAME,
                                Interface.EXTERNAL_IDS,
                                Interface.ERROR,
                                Interface.OFPORT)
                        .index(Interface.NAME)
                        .indexEntry(Interface.EXTERNAL_IDS, Attachment.CONTAINER)
                        .build();
        return OvnDatabase.open(
                        vertx, OvnOptions.of(endpoint, model, Attachment.SERVICE).withOvsdb(ovsdb))
                .compose(
                        database ->
                                database.client()
                                        .monitor(spec)
                                        .map(replica -> new NodeOvs(database, replica)));
    }

    /** Begins to mend rows that others change, and to wake who waits for interfaces. */
    public void start() {
        interfaces.listen(
                change -> {
                    if (change.reset()) {
                        gate.signalAll();
                    }
                    change.rows()
                            .forEach(
                                    row -> {
                                        Row known =
                                                row.after() == null ? row.before() : row.after();
                                        if (known != null) {
                                            gate.signal(known.get(Interface.NAME));
                                        }
                                    });
                });
        database.listen(
                new OwnerListener() {
                    @Override
                    public void changed(Set<Owner> owners) {
                        mend(owners);
                    }

                    @Override
                    public void reset() {
                        mend(Set.copyOf(stated.keySet()));
                    }
                });
    }

    /** Called after each change of the connection, on an event loop. */
    public void onConnection(Consumer<? super ConnectionState> listener) {
        database.client().listen(listener);
    }

    /**
     * Brings the owner's rows to this, and keeps them so.
     *
     * @throws OvsException when the database refuses, something is in the way, or time is over
     */
    public void apply(Desired desired, Duration atMost) {
        if (desired.rows().isEmpty()) {
            stated.remove(desired.owner());
        } else {
            stated.put(desired.owner(), desired);
        }
        Applied applied = await(database.apply(desired), desired.owner(), atMost);
        switch (applied) {
            case Applied.Held held ->
                    throw new OvsException(
                            "rows of " + desired.owner() + " are held up: " + held.changes());
            case Applied.Written written -> LOG.debug("{}", written.changes());
            case Applied.Unchanged _ -> {}
        }
    }

    /**
     * Keeps rows that are as they should be, without looking at them now: for those that an earlier
     * daemon made.
     */
    public void adopt(Desired desired) {
        stated.put(desired.owner(), desired);
    }

    /** The interface of this name. */
    public Optional<Row> find(String name) {
        return interfaces.read(view -> view.find(Interface.NAME, name).stream().findFirst());
    }

    /**
     * Whether ovn-controller has written into the interface that the flows of its port are in
     * br-int.
     */
    public static boolean isInstalled(Row row) {
        return "true".equals(row.get(Interface.EXTERNAL_IDS).get("ovn-installed"));
    }

    /** The plugged interfaces of a container. */
    public List<Attachment> ofContainer(String containerId) {
        return interfaces.read(
                view ->
                        view
                                .findByMapEntry(
                                        Interface.EXTERNAL_IDS, Attachment.CONTAINER, containerId)
                                .stream()
                                .map(Attachment::of)
                                .flatMap(Optional::stream)
                                .toList());
    }

    /** All plugged interfaces, by a look at every row: for start and GC. */
    public Collection<Row> plugged() {
        return interfaces.read(
                view ->
                        view.rows(Interface.TABLE.name()).stream()
                                .filter(
                                        row ->
                                                row.get(Interface.EXTERNAL_IDS)
                                                        .containsKey(Attachment.CONTAINER))
                                .toList());
    }

    /** {@code external_ids} of Open_vSwitch; empty while there is no such row. */
    public Map<String, String> settings() {
        return database.read(
                view ->
                        view.rows(OpenVSwitch.TABLE.name()).stream()
                                .findFirst()
                                .map(row -> row.get(OpenVSwitch.EXTERNAL_IDS))
                                .orElse(Map.of()));
    }

    /** Whether there is a bridge of this name. */
    public boolean hasBridge(String name) {
        return database.read(view -> !view.find(Bridge.NAME, name).isEmpty());
    }

    public ConnectionState connection() {
        return database.client().state();
    }

    /** Signalled with the name of an interface whose row changed. */
    public EventGate<String> gate() {
        return gate;
    }

    /** Most changes are ovn-controller's own entries in rows of ours, and nothing is to be done. */
    private void mend(Set<Owner> owners) {
        for (Owner owner : owners) {
            Desired desired = stated.get(owner);
            if (desired != null) {
                database.apply(desired)
                        .onSuccess(
                                applied -> {
                                    if (applied instanceof Applied.Written written) {
                                        LOG.info(
                                                "mended what somebody else changed: {}",
                                                written.changes());
                                    }
                                })
                        .onFailure(
                                e ->
                                        LOG.warn(
                                                "mending OVS rows of {} failed: {}",
                                                owner,
                                                e.toString()));
            }
        }
    }

    private static Applied await(Future<Applied> future, Owner owner, Duration atMost) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new OvsException(
                    "OVS refused rows of " + owner + ": " + e.getCause().getMessage());
        } catch (TimeoutException _) {
            throw new OvsException(
                    "OVS did not take rows of " + owner + " within " + atMost.toMillis() + " ms");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OvsException("interrupted while OVS takes rows of " + owner);
        }
    }

    @Override
    public void close() {
        interfaces.close();
        database.close();
    }
}
