package dev.weft.vpc.northbound;

import static dev.weft.ovn.nb.Northbound.MODEL;

import dev.weft.bus.Await;
import dev.weft.ovn.Applied;
import dev.weft.ovn.Desired;
import dev.weft.ovn.OvnDatabase;
import dev.weft.ovn.OvnOptions;
import dev.weft.ovn.nb.LogicalRouter;
import dev.weft.ovn.nb.LogicalRouterPolicy;
import dev.weft.ovn.nb.LogicalRouterPort;
import dev.weft.ovn.nb.LogicalRouterStaticRoute;
import dev.weft.ovn.nb.LogicalSwitch;
import dev.weft.ovn.nb.LogicalSwitchPort;
import dev.weft.ovn.nb.NbGlobal;
import dev.weft.ovsdb.ConnectionState;
import dev.weft.vpc.VpcConfig;
import dev.weft.vpc.topology.Owners;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The northbound database as this service uses it: its tables, its lock. */
@ApplicationScoped
public class Northbound {

    /** The OVSDB lock without which nothing is written. */
    public static final String LOCK = "weft_vpc";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final OvnOptions options;
    private volatile @Nullable OvnDatabase database;

    Northbound(Vertx vertx, VpcConfig config) {
        this.vertx = vertx;
        var model =
                MODEL.only(
                        LogicalSwitch.TABLE,
                        LogicalSwitchPort.TABLE,
                        LogicalRouter.TABLE,
                        LogicalRouterPort.TABLE,
                        LogicalRouterStaticRoute.TABLE,
                        LogicalRouterPolicy.TABLE,
                        NbGlobal.TABLE);
        options = OvnOptions.of(config.ovn().nb(), model, Owners.SERVICE).withLock(LOCK);
    }

    /** Connects and waits for the contents, for as long as it takes. */
    public OvnDatabase open() throws Exception {
        var opened =
                OvnDatabase.open(vertx, options).toCompletionStage().toCompletableFuture().get();
        database = opened;
        return opened;
    }

    /**
     * The open database.
     *
     * @throws NotConnectedException before {@link #open} is through
     */
    public OvnDatabase database() {
        return opened().orElseThrow(NotConnectedException::new);
    }

    /** The database, once it is open. */
    public Optional<OvnDatabase> opened() {
        return Optional.ofNullable(database);
    }

    /** Whether the connection is usable now. */
    public boolean isConnected() {
        return opened().filter(db -> db.client().state() instanceof ConnectionState.Connected)
                .isPresent();
    }

    /** Whether this instance may write, as far as it knows. */
    public boolean holdsLock() {
        return opened().flatMap(OvnDatabase::lock).filter(lock -> lock.held()).isPresent();
    }

    /** Brings an owner's rows to what is desired and waits for it. */
    public Applied apply(Desired desired) throws InterruptedException, TimeoutException {
        return Await.result(database().apply(desired).toCompletionStage(), PATIENCE);
    }

    /** Closes the connection. */
    public void close() {
        opened().ifPresent(OvnDatabase::close);
    }

    /** The database cannot be asked yet. */
    public static final class NotConnectedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotConnectedException() {
            super("the northbound database was not reached yet");
        }
    }
}
