package dev.weft.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CniArgsTest {

    @Test
    void namesThePodAndKeepsWhatItDoesNotKnow() {
        var args =
                CniArgs.parse(
                        "IgnoreUnknown=1;K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-0;K8S_POD_UID=u-1;"
                                + "K8S_POD_INFRA_CONTAINER_ID=abc;SELECTOR=a=b");
        assertThat(args.pod()).contains(new CniPod("shop", "web-0", "u-1", "abc"));
        assertThat(args.values())
                .containsEntry("IgnoreUnknown", "1")
                .containsEntry("SELECTOR", "a=b");
    }

    @Test
    void hasNoPodWhenTheRuntimeNamesNone() {
        assertThat(CniArgs.parse("").pod()).isEmpty();
        assertThat(CniArgs.parse("A=1;").pod()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "=1", ";", "A=1;;B=2", "A=1;A=2", "A=1\nB", "A B=1", "K=\u0000"})
    void refusesWhatIsNotPairs(String text) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> CniArgs.parse(text))
                .withMessageContaining("CNI_ARGS")
                .matches(e -> e.is(CniErrorCode.INVALID_ENVIRONMENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "K8S_POD_NAMESPACE=shop",
                "K8S_POD_NAME=web-0",
                "K8S_POD_NAMESPACE=shop;K8S_POD_NAME=../../etc",
                "K8S_POD_NAMESPACE=a.b;K8S_POD_NAME=web",
                "K8S_POD_NAMESPACE=Shop;K8S_POD_NAME=web",
                "K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web..0",
                "K8S_POD_NAMESPACE=shop;K8S_POD_NAME=-web",
                "K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-",
                "K8S_POD_NAMESPACE=shop;K8S_POD_NAME="
            })
    void refusesAPodThatKubernetesWouldNotHave(String text) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> CniArgs.parse(text).pod())
                .withMessageContaining("K8S_POD_NAM");
    }
}
