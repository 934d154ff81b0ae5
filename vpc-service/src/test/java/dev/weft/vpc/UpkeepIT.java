package dev.weft.vpc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What is there stays as it should be: restarts, strangers, an emptied or killed database. */
@QuarkusTest
class UpkeepIT extends RunningService {

    @Test
    void removesWhatItMadeInAnEarlierLifeForObjectsThatAreGoneSince() {
        await().atMost(SOON).until(() -> !nbctl("ls-list").contains("(stale)"));
        assertThat(nbctl("ls-list")).contains("(of-another-service)");
    }

    @Test
    void bringsEverythingBackIdenticalWhenTheDatabaseIsEmptied() throws Exception {
        lease("web-1", "10.16.0.6", "0a:00:00:00:00:06");
        await().atMost(SOON).until(() -> nbctl("lsp-list", "ovn-default").contains("web-1.shop"));
        settled();
        var before = contents();

        nbctl("--all", "destroy", "Logical_Switch", "--", "--all", "destroy", "Logical_Router");

        await().atMost(SOON).untilAsserted(() -> assertThat(contents()).isEqualTo(before));
    }

    @Test
    void mendsWhatSomebodyElseChanged() {
        lease("web-2", "10.16.0.7", "0a:00:00:00:00:07");
        await().atMost(SOON).until(() -> nbctl("lsp-list", "ovn-default").contains("web-2.shop"));

        nbctl("lsp-set-port-security", "web-2.shop");

        await().atMost(SOON)
                .until(() -> nbctl("lsp-get-port-security", "web-2.shop").contains("10.16.0.7"));
    }

    @Test
    void leavesTheRowsOfOthersAlone() throws Exception {
        nbctl("--may-exist", "ls-add", "foreign");
        nbctl("--may-exist", "lsp-add", "ovn-default", "foreign-port");

        fabric.submitAll();
        settled();

        assertThat(nbctl("ls-list")).contains("(foreign)");
        assertThat(nbctl("lsp-list", "ovn-default")).contains("foreign-port");
        nbctl("ls-del", "foreign", "--", "lsp-del", "foreign-port");
    }

    @Test
    void sendsNothingWhenThereIsNothingToChange() throws Exception {
        lease("web-3", "10.16.0.8", "0a:00:00:00:00:08");
        await().atMost(SOON).until(() -> nbctl("lsp-list", "ovn-default").contains("web-3.shop"));
        settled();
        var before = northbound.database().client().statistics();

        fabric.submitAll(); // what a start does
        settled();

        var after = northbound.database().client().statistics();
        assertThat(after.writes()).isEqualTo(before.writes());
        assertThat(after.transactions()).isEqualTo(before.transactions());
    }

    @Test
    void carriesOnWhereItWasAfterTheDatabaseWasKilled() throws Exception {
        database.kill();
        lease("web-4", "10.16.0.9", "0a:00:00:00:00:09");
        await().atMost(SOON).until(() -> !northbound.isConnected());
        given().get("/q/health/ready").then().statusCode(503);

        database.start();

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(nbctl("lsp-list", "ovn-default")).contains("web-4.shop"));
        await().atMost(SOON)
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    }
}
