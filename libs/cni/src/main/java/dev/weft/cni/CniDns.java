package dev.weft.cni;

import dev.weft.cni.json.JsonValue.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resolver settings of a network or a result; all optional. */
public record CniDns(
        List<String> nameservers,
        @Nullable String domain,
        List<String> search,
        List<String> options) {

    /** Nothing set. */
    public static final CniDns NONE = new CniDns(List.of(), null, List.of(), List.of());

    public CniDns {
        nameservers = List.copyOf(nameservers);
        search = List.copyOf(search);
        options = List.copyOf(options);
    }

    /** Whether nothing is set. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    static CniDns parse(@Nullable Fields fields) {
        return fields == null
                ? NONE
                : new CniDns(
                        fields.texts("nameservers"),
                        fields.text("domain"),
                        fields.texts("search"),
                        fields.texts("options"));
    }

    @Nullable JsonObject toJson() {
        return isEmpty()
                ? null
                : JsonObject.builder()
                        .putTexts("nameservers", nameservers)
                        .put("domain", domain)
                        .putTexts("search", search)
                        .putTexts("options", options)
                        .build();
    }
}
