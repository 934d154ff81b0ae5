package dev.weft.ovsdb.it;

import static dev.weft.ovsdb.testing.Waiting.await;

import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.testing.OvsdbServer;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A client of a real standalone ovsdb-server with the northbound schema, for the tests that extend
 * this; each begins with an empty database.
 */
abstract class StandaloneServer {
    static Vertx vertx;
    static OvsdbServer server;
    OvsdbClient client;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        server = OvsdbServer.northbound();
    }

    @AfterAll
    static void stop() {
        server.close();
        await(vertx.close());
    }

    @BeforeEach
    void open() {
        client = OvsdbClient.open(vertx, OvsdbOptions.of(server.unix(), Nb.DATABASE));
        await(client.schema());
    }

    @AfterEach
    void close() {
        await(
                client.transact(
                        new Transaction()
                                .delete(Nb.SWITCH, List.of())
                                .delete(Nb.PORT, List.of())
                                .delete("NB_Global", List.of())));
        client.close();
    }
}
