package dev.weft.ipam.ledger;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.weft.bus.FeedMessage;
import dev.weft.ipam.book.Catalog;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.book.SubnetBook;
import dev.weft.ipam.feed.LeaseMessages;
import dev.weft.ipam.feed.OutboxPublisher;
import dev.weft.ipam.lease.Claim;
import dev.weft.ipam.lease.EndReason;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.ipam.lease.PortKey;
import dev.weft.ipam.ledger.Fixtures.Heard;
import dev.weft.ipam.ledger.HistoryReader.Mark;
import dev.weft.ipam.pool.Released;
import dev.weft.ipam.testing.Surroundings;
import dev.weft.ipam.testing.TestBroker;
import dev.weft.kube.SubnetCatalog;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The ledger on a real PostgreSQL, also when that is killed. Another instance leads, so the service
 * itself stands by.
 */
@QuarkusTest
@WithTestResource(
        value = Surroundings.class,
        initArgs = @ResourceArg(name = "leader", value = "other"))
@Timeout(120)
class LedgerIT {

    @Inject Ledger ledger;
    @Inject LedgerReader reader;
    @Inject HistoryReader history;
    @Inject Retention retention;
    @Inject Flyway flyway;

    private final TestBroker broker = new TestBroker();

    @BeforeEach
    void begin() {
        flyway.clean();
        flyway.migrate();
    }

    @Test
    void standsByAsLongAsAnotherLeads() {
        given().get("/v1/snapshots/ipam.lease")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:problem:ipam:not-active"));
        given().get("/q/health/ready").then().statusCode(503);
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void writesLeaseHistoryAndMessageInOneCommit() {
        var term = ledger.beginTerm();
        var lease = lease("web-0", "10.16.0.2", "fd00:10:16::2");
        ledger.commit(begin(term, 1, lease));

        assertThat(reader.lease("web-0.shop")).contains(lease);
        assertThat(reader.holder("ovn-cluster", IpAddress.parse("fd00:10:16::2"), lease.since()))
                .get()
                .extracting(Tenure::ended)
                .isNull();
        assertThat(ledger.outbox(0, 10))
                .extracting(OutboxMessage::key)
                .containsExactly("web-0.shop");

        var ended = lease.since().plusSeconds(60);
        ledger.commit(
                new Batch(
                        term.number(),
                        2,
                        List.of(
                                new Batch.Entry(
                                        new LedgerChange.End(
                                                new LedgerChange.Ending(
                                                        lease, EndReason.OWNER_GONE, ended)),
                                        new OutboxMessage(2, "web-0.shop", null)))));
        assertThat(reader.lease("web-0.shop")).isEmpty();
        var address = IpAddress.parse("10.16.0.2");
        assertThat(reader.holder("ovn-cluster", address, ended.minusSeconds(1))).isPresent();
        assertThat(reader.holder("ovn-cluster", address, ended)).isEmpty();
        assertThat(reader.history("ovn-cluster", address, Instant.now(), 10))
                .singleElement()
                .extracting(Tenure::endReason)
                .isEqualTo("OWNER_GONE");
        assertThat(ledger.released().get("ovn-cluster"))
                .extracting(Released::address)
                .containsExactlyInAnyOrder(address, IpAddress.parse("fd00:10:16::2"));
    }

    @Test
    void refusesASecondHolderOfAnAddressAndWritesNothingOfThatCommit() {
        var term = ledger.beginTerm();
        ledger.commit(begin(term, 1, lease("web-0", "10.16.0.2", "fd00::2")));
        var rival = lease("web-1", "10.16.0.2", "fd00::3");
        var other = lease("web-2", "10.16.0.9", "fd00::9");
        assertThatThrownBy(() -> ledger.commit(begin(term, 2, other, rival)))
                .isInstanceOf(LedgerException.Rejected.class);
        assertThat(reader.lease("web-2.shop")).isEmpty();
        assertThat(ledger.outbox(0, 10)).hasSize(1);
        // the numbering is as if it had not been tried
        ledger.commit(begin(term, 2, other));
        assertThat(reader.lease("web-2.shop")).isPresent();
    }

    @Test
    void fencesTheWriterOfAnEarlierTerm() {
        var former = ledger.beginTerm();
        ledger.commit(begin(former, 1, lease("web-0", "10.16.0.2", "fd00::2")));
        var now = ledger.beginTerm();
        assertThat(now.position()).isEqualTo(1);
        assertThat(now.epoch()).isEqualTo(former.epoch());
        assertThatThrownBy(
                        () ->
                                ledger.commit(
                                        begin(former, 2, lease("web-1", "10.16.0.3", "fd00::3"))))
                .isInstanceOf(LedgerException.Fenced.class);
        assertThat(reader.lease("web-1.shop")).isEmpty();
    }

    @Test
    void recognisesABatchWhoseAnswerWasLost() {
        var term = ledger.beginTerm();
        var batch = begin(term, 1, lease("web-0", "10.16.0.2", "fd00::2"));
        ledger.commit(batch);
        ledger.commit(batch);
        assertThat(ledger.outbox(0, 10)).hasSize(1);
    }

    @Test
    void tellsAllThatAnOwnerEverHeldAndAllChangesBetweenTwoInstantsPageByPage() {
        var term = ledger.beginTerm();
        var first = lease("web-0", "10.16.0.2", "fd00::2");
        ledger.commit(begin(term, 1, first));
        ledger.commit(
                new Batch(
                        term.number(),
                        2,
                        List.of(
                                new Batch.Entry(
                                        new LedgerChange.End(
                                                new LedgerChange.Ending(
                                                        first,
                                                        EndReason.OWNER_GONE,
                                                        first.since().plusSeconds(60))),
                                        new OutboxMessage(2, first.port(), null)))));
        var others = new ArrayList<Lease>();
        for (int i = 0; i < 5; i++) {
            others.add(lease("p" + i, "10.16.1." + (i + 2), "fd00::1:" + i));
        }
        var many =
                others.stream()
                        .map(
                                lease ->
                                        new Batch.Entry(
                                                new LedgerChange.Begin(
                                                        lease, null, Fixtures.reservation(lease)),
                                                new OutboxMessage(
                                                        3 + others.indexOf(lease),
                                                        lease.port(),
                                                        "{}")))
                        .toList();
        ledger.commit(new Batch(term.number(), 3, many));
        assertThat(history.heldBy(OwnerKey.pod("shop/web-0"), Mark.before(Instant.EPOCH), 10))
                .singleElement()
                .extracting(Tenure::endReason)
                .isEqualTo("OWNER_GONE");
        var all = history.changes(Mark.before(Instant.EPOCH), Instant.now(), 100);
        assertThat(all).hasSize(7);
        assertThat(all).filteredOn(change -> !change.began()).hasSize(1);
        var paged = new ArrayList<HistoryReader.Change>();
        var mark = Mark.before(Instant.EPOCH);
        for (var page = history.changes(mark, Instant.now(), 2);
                !page.isEmpty();
                page = history.changes(mark, Instant.now(), 2)) {
            paged.addAll(page);
            mark = new Mark(page.getLast().at(), page.getLast().lease().id());
        }
        assertThat(paged).isEqualTo(all);
        assertThat(history.began(Mark.before(Instant.EPOCH), Instant.now(), 4)).hasSize(4);
    }

    @Test
    void forgetsEndedLeasesWhenTheirRetentionIsOverAndNeverOpenOnes() {
        var term = ledger.beginTerm();
        var gone = lease("gone", "10.16.0.2", "fd00::2");
        ledger.commit(begin(term, 1, gone));
        ledger.commit(
                new Batch(
                        term.number(),
                        2,
                        List.of(
                                new Batch.Entry(
                                        new LedgerChange.End(
                                                new LedgerChange.Ending(
                                                        gone,
                                                        EndReason.OWNER_GONE,
                                                        gone.since().plusSeconds(1))),
                                        new OutboxMessage(2, gone.port(), null)))));
        ledger.commit(
                new Batch(
                        term.number(),
                        3,
                        List.of(
                                new Batch.Entry(
                                        new LedgerChange.Begin(
                                                lease("here", "10.16.0.3", "fd00::3"), null, null),
                                        new OutboxMessage(3, "here.shop", "{}")))));
        assertThat(retention.forgetHistory(Instant.now())).isFalse();
        retention.forgetReleases(Instant.now().plusSeconds(60));
        assertThat(history.began(Mark.before(Instant.EPOCH), Instant.now(), 10))
                .extracting(Tenure::port)
                .containsExactly("here.shop");
        assertThat(ledger.released()).isEmpty();
        assertThatThrownBy(() -> execute("delete from lease_history"))
                .hasStackTraceContaining("append-only");
    }

    @Test
    void keepsTheHistoryFromBeingChanged() {
        var term = ledger.beginTerm();
        ledger.commit(begin(term, 1, lease("web-0", "10.16.0.2", "fd00::2")));
        for (var statement :
                List.of(
                        "delete from lease_history",
                        "truncate lease_history",
                        "update lease_history set name = 'another'",
                        "update lease_history set v4 = '10.16.0.3'")) {
            assertThatThrownBy(() -> execute(statement)).hasStackTraceContaining("append-only");
        }
    }

    @Test
    void keepsTheOpenRowsOfTheHistoryUnique() {
        var term = ledger.beginTerm();
        ledger.commit(begin(term, 1, lease("web-0", "10.16.0.2", "fd00::2")));
        assertThatThrownBy(
                        () ->
                                execute(
                                        "insert into lease_history select gen_random_uuid(),"
                                                + " 'other.shop', owner_kind, namespace, name,"
                                                + " owner_uid, node_name, vpc, subnet, v4, null, mac,"
                                                + " began, ended, end_reason from lease_history"))
                .hasStackTraceContaining("lease_history_open_v4");
    }

    @Test
    void givesAnAddressToItsSuccessorInTheSameCommit() {
        var term = ledger.beginTerm();
        var old = lease("web-0", "10.16.0.2", "fd00::2");
        ledger.commit(begin(term, 1, old));
        var heir =
                new Lease(
                        UUID.randomUUID(),
                        old.port(),
                        Fixtures.pod("web-0", "another"),
                        "ovn",
                        Lease.Usage.of(true),
                        old.vpc(),
                        old.subnet(),
                        old.addresses(),
                        MacAddress.parse("0a:00:00:00:00:99"),
                        old.since().plusSeconds(5));
        ledger.commit(
                new Batch(
                        term.number(),
                        2,
                        List.of(
                                new Batch.Entry(
                                        new LedgerChange.Begin(
                                                heir,
                                                new LedgerChange.Ending(
                                                        old,
                                                        EndReason.OWNER_REPLACED,
                                                        heir.since()),
                                                Fixtures.reservation(heir)),
                                        new OutboxMessage(2, heir.port(), "{}")))));
        assertThat(reader.lease("web-0.shop")).contains(heir);
        assertThat(
                        reader.history(
                                "ovn-cluster",
                                IpAddress.parse("10.16.0.2"),
                                Instant.now().plusSeconds(60),
                                10))
                .hasSize(2);
    }

    @Test
    void publishesAfterACrashWhatWasCommittedAndNotSent() {
        var term = ledger.beginTerm();
        ledger.commit(
                begin(
                        term,
                        1,
                        lease("web-0", "10.16.0.2", "fd00::2"),
                        lease("web-1", "10.16.0.3", "fd00::3")));
        // the process dies here; the next one begins
        var next = ledger.beginTerm();
        try (var _ = new OutboxPublisher(ledger, broker, next.epoch(), next.position())) {
            await().until(() -> broker.taken().size() == 2 && ledger.outbox(0, 10).isEmpty());
        }
        assertThat(broker.taken()).extracting(FeedMessage::position).containsExactly(1L, 2L);
    }

    @Test
    void losesNothingWhenPostgresIsKilledAndStartedAgainUnderLoad() throws Exception {
        var term = ledger.beginTerm();
        var heard = new Heard();
        var book =
                Fixtures.book(
                        heard, Fixtures.subnet("ovn-default", "10.16.0.0/16,fd00:10:16::/112"));
        int pods = 400;
        try (var commits = new GroupCommit(ledger::commit, term, book, LeaseMessages::json)) {
            var results = new ArrayList<CompletableFuture<Void>>();
            var load =
                    Thread.ofVirtual()
                            .start(
                                    () ->
                                            IntStream.range(0, pods)
                                                    .forEach(
                                                            i -> {
                                                                results.add(
                                                                        settle(
                                                                                book, commits,
                                                                                "p" + i));
                                                                pause(5);
                                                            }));
            for (int kills = 0; kills < 2; kills++) {
                pause(400);
                Surroundings.postgres().kill();
                pause(300);
                Surroundings.postgres().start();
            }
            load.join();
            for (var result : results) {
                result.get(60, TimeUnit.SECONDS);
            }
            // and half of them end again
            for (int i = 0; i < pods; i += 2) {
                var owner = OwnerKey.pod("shop/p" + i);
                book.settle(
                                PortKey.primary(owner),
                                new Claim.None(EndReason.OWNER_GONE),
                                commits::submit)
                        .written()
                        .get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(heard.diverged).isEmpty();
        assertThat(book.size()).isEqualTo(pods / 2);
        var stored = new ArrayList<Lease>();
        ledger.leases(stored::add);
        assertThat(stored).containsExactlyInAnyOrderElementsOf(book.snapshot().leases());
        assertThat(ledger.outbox(0, 10_000))
                .extracting(OutboxMessage::position)
                .containsExactlyElementsOf(
                        java.util.stream.LongStream.rangeClosed(1, pods + pods / 2)
                                .boxed()
                                .toList());
        assertThat(ledger.beginTerm().position()).isEqualTo(pods + pods / 2);
    }

    @Test
    void loadsThePoolsAsTheyWere() throws Exception {
        var subnet = Fixtures.subnet("ovn-default", "10.16.0.0/29");
        var term = ledger.beginTerm();
        var book = Fixtures.book(new Heard(), subnet);
        try (var commits = new GroupCommit(ledger::commit, term, book, LeaseMessages::json)) {
            for (var pod : List.of("a", "b", "c")) {
                settle(book, commits, pod).get(10, TimeUnit.SECONDS);
            }
            for (var pod : List.of("b", "a")) {
                book.settle(
                                PortKey.primary(OwnerKey.pod("shop/" + pod)),
                                new Claim.None(EndReason.OWNER_GONE),
                                commits::submit)
                        .written()
                        .get(10, TimeUnit.SECONDS);
            }
        }
        var leases = new ArrayList<Lease>();
        ledger.leases(leases::add);
        var next = ledger.beginTerm();
        var again =
                new LeaseBook(
                        leases,
                        next.position(),
                        new SubnetBook(_ -> Map.of(), ledger.released(), Duration.ZERO),
                        Clock.systemUTC(),
                        UUID::randomUUID,
                        new Heard());
        again.update(
                Catalog.of(SubnetCatalog.resolve(List.of(subnet), SubnetCatalog.Taken.NOTHING)));
        var given = new ArrayList<String>();
        try (var commits = new GroupCommit(ledger::commit, next, again, LeaseMessages::json)) {
            for (var pod : List.of("d", "e", "f", "g")) {
                settle(again, commits, pod).get(10, TimeUnit.SECONDS);
                given.add(again.lease(pod + ".shop").orElseThrow().addresses().toString());
            }
        }
        // never used first, then the one that was released first
        assertThat(given).containsExactly("10.16.0.5", "10.16.0.6", "10.16.0.3", "10.16.0.2");
        assertThat(new HashSet<>(given)).hasSize(4);
    }

    private static CompletableFuture<Void> settle(LeaseBook book, GroupCommit commits, String pod) {
        var owner = Fixtures.pod(pod, "uid-" + pod);
        return book.settle(PortKey.primary(owner.key()), Fixtures.wants(owner), commits::submit)
                .written();
    }

    private static Batch begin(Term term, long number, Lease... leases) {
        var entries = new ArrayList<Batch.Entry>();
        for (var lease : leases) {
            entries.add(
                    new Batch.Entry(
                            new LedgerChange.Begin(lease, null, Fixtures.reservation(lease)),
                            new OutboxMessage(
                                    number + entries.size(),
                                    lease.port(),
                                    LeaseMessages.json(lease))));
        }
        return new Batch(term.number(), number, entries);
    }

    private static Lease lease(String pod, String v4, String v6) {
        return new Lease(
                UUID.randomUUID(),
                pod + ".shop",
                Fixtures.pod(pod, "uid-" + pod),
                "ovn",
                Lease.Usage.of(true),
                "ovn-cluster",
                "ovn-default",
                DualStack.parseAddresses(v4 + "," + v6),
                MacAddress.derivedFrom(pod),
                Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MICROS));
    }

    private void execute(String statement) {
        try (var connection = flyway.getConfiguration().getDataSource().getConnection();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
