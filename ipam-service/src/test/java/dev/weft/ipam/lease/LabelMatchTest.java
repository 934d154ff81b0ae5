package dev.weft.ipam.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelMatchTest {
    private static final Map<String, String> SHOP = Map.of("team", "shop", "stage", "prod");

    @Test
    void matchesWhenEveryLabelIsEqual() {
        var selector = new LabelSelectorBuilder().withMatchLabels(Map.of("team", "shop")).build();

        assertThat(LabelMatch.matches(selector, SHOP)).isTrue();
        assertThat(LabelMatch.matches(selector, Map.of("team", "other"))).isFalse();
        assertThat(LabelMatch.matches(selector, Map.of())).isFalse();
    }

    @Test
    void anEmptySelectorMatchesEverything() {
        assertThat(LabelMatch.matches(new LabelSelector(), Map.of())).isTrue();
    }

    @Test
    void inNeedsOneOfTheValuesAndNotInAcceptsAMissingLabel() {
        assertThat(LabelMatch.matches(expression("stage", "In", "test", "prod"), SHOP)).isTrue();
        assertThat(LabelMatch.matches(expression("stage", "In", "test"), SHOP)).isFalse();
        assertThat(LabelMatch.matches(expression("stage", "In", "test"), Map.of())).isFalse();
        assertThat(LabelMatch.matches(expression("stage", "NotIn", "prod"), SHOP)).isFalse();
        assertThat(LabelMatch.matches(expression("stage", "NotIn", "prod"), Map.of())).isTrue();
    }

    @Test
    void existsAndDoesNotExistLookAtTheKeyOnly() {
        assertThat(LabelMatch.matches(expression("team", "Exists"), SHOP)).isTrue();
        assertThat(LabelMatch.matches(expression("zone", "Exists"), SHOP)).isFalse();
        assertThat(LabelMatch.matches(expression("zone", "DoesNotExist"), SHOP)).isTrue();
        assertThat(LabelMatch.matches(expression("team", "DoesNotExist"), SHOP)).isFalse();
    }

    private static LabelSelector expression(String key, String operator, String... values) {
        return new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey(key)
                .withOperator(operator)
                .withValues(List.of(values))
                .endMatchExpression()
                .build();
    }
}
