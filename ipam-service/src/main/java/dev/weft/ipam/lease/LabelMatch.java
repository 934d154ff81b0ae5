package dev.weft.ipam.lease;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;

/** Kubernetes' rules of label selectors. */
public final class LabelMatch {

    private LabelMatch() {}

    /**
     * Whether the selector chooses an object with these labels; an empty selector chooses every
     * one.
     */
    public static boolean matches(LabelSelector selector, Map<String, String> labels) {
        var equal =
                selector.getMatchLabels() == null
                        ? Map.<String, String>of()
                        : selector.getMatchLabels();
        List<LabelSelectorRequirement> rules =
                selector.getMatchExpressions() == null ? List.of() : selector.getMatchExpressions();
        return equal.entrySet().stream()
                        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())))
                && rules.stream().allMatch(rule -> matches(rule, labels));
    }

    private static boolean matches(LabelSelectorRequirement rule, Map<String, String> labels) {
        var value = labels.get(rule.getKey());
        List<String> values = rule.getValues() == null ? List.of() : rule.getValues();
        return switch (String.valueOf(rule.getOperator())) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            // the API server admits no other
            default -> false;
        };
    }
}
