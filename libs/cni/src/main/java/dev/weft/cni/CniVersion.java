package dev.weft.cni;

import dev.weft.cni.json.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The versions of the CNI specification that we speak, oldest first. */
public enum CniVersion {
    V0_3_1("0.3.1"),
    V0_4_0("0.4.0"),
    V1_0_0("1.0.0"),
    V1_1_0("1.1.0");

    /**
     * The version of everything between the binary and the daemon, and of errors when the
     * configuration's is not known.
     */
    public static final CniVersion LATEST = V1_1_0;

    private final String text;

    CniVersion(String text) {
        this.text = text;
    }

    /** As written in {@code cniVersion}. */
    public String text() {
        return text;
    }

    /** The version of that text, if we speak it. */
    public static Optional<CniVersion> find(String text) {
        return Arrays.stream(values()).filter(v -> v.text.equals(text)).findFirst();
    }

    /** The version of that text; {@link CniErrorCode#INCOMPATIBLE_VERSION} otherwise. */
    public static CniVersion parse(String text) {
        return parse("cniVersion", text);
    }

    static CniVersion parse(String field, String text) {
        return find(text)
                .orElseThrow(
                        () ->
                                new CniException(
                                        CniErrorCode.INCOMPATIBLE_VERSION,
                                        "incompatible CNI version",
                                        field
                                                + " is "
                                                + Quoted.of(text)
                                                + ", supported are "
                                                + String.join(", ", texts())));
    }

    /** All versions as text, oldest first, as the VERSION command lists them. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(CniVersion::text).toList();
    }

    /** Whether this version is that one or newer. */
    public boolean atLeast(CniVersion other) {
        return compareTo(other) >= 0;
    }
}
