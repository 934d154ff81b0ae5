package dev.weft.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.lab.LabLayout.Port;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabLayoutTest {
    @Test
    void givesLabsOfDifferentNamesDifferentFoldersNamespacesAndPorts() {
        LabLayout one = new LabLayout("one");
        LabLayout two = new LabLayout("two");
        assertThat(one.dir()).isNotEqualTo(two.dir());
        assertThat(one.prefix()).isNotEqualTo(two.prefix());
        assertThat(ports(one)).doesNotContainAnyElementsOf(ports(two));
    }

    @Test
    void givesTheSameLabTheSamePortsEveryTime() {
        assertThat(ports(new LabLayout("lab"))).isEqualTo(ports(new LabLayout("lab")));
    }

    @Test
    void givesTheTestsOfACheckoutTheSameLabEveryTime() {
        assertThat(LabLayout.ofCheckout("test")).isEqualTo(LabLayout.ofCheckout("test"));
        assertThat(LabLayout.ofCheckout("test").name()).startsWith("test").isNotEqualTo("test");
    }

    @Test
    void keepsPortsBelowTheRangeThatTheKernelGivesOut() {
        assertThat(ports(new LabLayout("zzzzzzzz")))
                .allMatch(port -> port >= 20_000 && port < 32_768);
    }

    @Test
    void keepsSocketPathsWithinWhatUnixAllows() {
        assertThat(new LabLayout("abcdefgh").cniSocket("node-name-12").toString())
                .hasSizeLessThan(108);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Lab", "1lab", "toolongname", "a-b", "a/b", ".."})
    void refusesANameThatNamespacesAndSocketsCannotCarry(String name) {
        assertThatThrownBy(() -> new LabLayout(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("WEFT_LAB");
    }

    private static java.util.List<Integer> ports(LabLayout layout) {
        return Arrays.stream(Port.values()).map(layout::port).collect(Collectors.toList());
    }
}
