package dev.weft.ovn.it;

import dev.weft.ovn.Applied;
import dev.weft.ovn.Desired;
import dev.weft.ovn.Model;
import dev.weft.ovn.OvnDatabase;
import dev.weft.ovn.OvnOptions;
import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.TransactionResult;
import dev.weft.ovsdb.testing.OvsdbServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A real server, databases opened on it, and a stranger's client. */
final class Fixture implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final List<Runnable> opened = new ArrayList<>();
    final OvsdbServer server;
    private final Model model;

    private Fixture(OvsdbServer server, Model model) {
        this.server = server;
        this.model = model;
    }

    static Fixture of(OvsdbServer server, Model model) {
        return new Fixture(server, model);
    }

    OvnDatabase open(String service, UnaryOperator<OvnOptions> change) {
        var options = OvnOptions.of(server.unix(), model, service);
        OvnDatabase database = await(OvnDatabase.open(vertx, change.apply(options)));
        opened.add(database::close);
        return database;
    }

    /** Opens with a lock of the service's name and waits until it is ours. */
    OvnDatabase openLocked(String service) {
        OvnDatabase database = open(service, options -> options.withLock("weft_" + service));
        await(database.lock().orElseThrow().whenHeld());
        return database;
    }

    /** A client that is not of Weft. */
    OvsdbClient stranger() {
        var client = OvsdbClient.open(vertx, OvsdbOptions.of(server.unix(), model.database()));
        opened.add(client::close);
        await(client.schema()); // connected from here on
        return client;
    }

    static TransactionResult transact(OvsdbClient client, Transaction transaction) {
        return await(client.transact(transaction));
    }

    static Applied apply(OvnDatabase database, Desired desired) {
        return await(database.apply(desired));
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        opened.forEach(Runnable::run);
        await(vertx.close());
        server.close();
    }
}
