package dev.weft.lab.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CniResultTest {
    @Test
    void readsTheAddressesAndTheMacOfThePodsEnd() throws IOException {
        CniResult result =
                CniResult.parse(
                        """
                {"cniVersion":"1.0.0",
                 "interfaces":[{"name":"v1","mac":"0a:00:00:00:00:01"},
                               {"name":"eth0","mac":"0a:00:00:00:00:02","sandbox":"/run/netns/x"}],
                 "ips":[{"address":"10.16.0.2/16","gateway":"10.16.0.1","interface":1},
                        {"address":"fd00:10:16::2/112","interface":1}]}
                """);
        assertThat(result.addresses()).containsExactly("10.16.0.2", "fd00:10:16::2");
        assertThat(result.mac()).isEqualTo("0a:00:00:00:00:02");
    }
}
