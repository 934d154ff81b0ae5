package dev.weft.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lab.host.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RightTest {
    private static final Right LEASE =
            new Right("coordination.k8s.io", "leases", "get", "weft-system", "weft-ipam");

    @Test
    void isGrantedByTheAccountsOwnRolesOnly() {
        Set<Right> ipam = Right.granted(new Manifests(Home.find()).rights(), "weft-ipam");
        assertThat(ipam).contains(LEASE, new Right("", "pods", "patch", "", ""));
        assertThat(ipam).noneMatch(right -> right.verb().equals("watch"));
    }

    @Test
    void ofANamespaceOrANameCoversNoOther() {
        assertThat(LEASE.covers(LEASE)).isTrue();
        assertThat(LEASE.covers(in("weft-system", "weft-vpc"))).isFalse();
        assertThat(LEASE.covers(in("default", "weft-ipam"))).isFalse();
        assertThat(in("", "").covers(LEASE)).isTrue();
    }

    @Test
    void isIdleWhenNothingDoneNeedsItAndMissingWhenNothingGrantedCoversIt() {
        Right pods = new Right("", "pods", "list", "", "");
        Right one = new Right("", "pods", "list", "shop", "web");
        Right secrets = new Right("", "secrets", "get", "shop", "key");
        assertThat(Right.idle(Set.of(pods, LEASE), Set.of(one))).containsExactly(LEASE);
        assertThat(Right.missing(Set.of(pods), Set.of(one, secrets))).containsExactly(secrets);
    }

    @Test
    void isReadFromTheAuditLogWithWhatWasRefused(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("audit.log"),
                        """
                        {"verb":"patch","user":{"username":"u"},"objectRef":{"resource":"subnets","name":"a","apiGroup":"kubeovn.io","subresource":"status"},"responseStatus":{"code":200}}
                        {"verb":"get","user":{"username":"u"},"objectRef":{"resource":"nodes","name":"n1"},"responseStatus":{"code":403}}
                        {"verb":"get","user":{"username":"other"},"objectRef":{"resource":"pods"},"responseStatus":{"code":200}}
                        {"verb":"get","user":{"username":"u"},"requestURI":"/version","responseStatus":{"code":200}}
                        """);
        AuditLog log = new AuditLog(file);
        Right get = new Right("", "nodes", "get", "", "n1");
        assertThat(log.done("u"))
                .containsExactlyInAnyOrder(
                        get, new Right("kubeovn.io", "subnets/status", "patch", "", "a"));
        assertThat(log.refused("u")).containsExactly(get);
    }

    private static Right in(String namespace, String name) {
        return new Right(LEASE.group(), LEASE.resource(), LEASE.verb(), namespace, name);
    }
}
