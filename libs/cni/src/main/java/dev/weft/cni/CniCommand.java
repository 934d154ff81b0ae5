package dev.weft.cni;

import dev.weft.cni.json.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a runtime asks of a plugin ({@code CNI_COMMAND}), with the variables that the specification
 * requires for it.
 */
public enum CniCommand {
    ADD(
            CniVersion.V0_3_1,
            CniEnvironment.CONTAINER_ID,
            CniEnvironment.NETNS,
            CniEnvironment.IFNAME),
    DEL(CniVersion.V0_3_1, CniEnvironment.CONTAINER_ID, CniEnvironment.IFNAME),
    CHECK(
            CniVersion.V0_4_0,
            CniEnvironment.CONTAINER_ID,
            CniEnvironment.NETNS,
            CniEnvironment.IFNAME),
    GC(CniVersion.V1_1_0),
    STATUS(CniVersion.V1_1_0),
    VERSION(CniVersion.V0_3_1);

    private final CniVersion since;
    private final List<String> requiredVariables;

    CniCommand(CniVersion since, String... requiredVariables) {
        this.since = since;
        this.requiredVariables = List.of(requiredVariables);
    }

    /** The command of {@code CNI_COMMAND}; {@link CniErrorCode#INVALID_ENVIRONMENT} otherwise. */
    public static CniCommand parse(String text) {
        return Arrays.stream(values())
                .filter(c -> c.name().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CniException(
                                        CniErrorCode.INVALID_ENVIRONMENT,
                                        "unknown CNI_COMMAND",
                                        "CNI_COMMAND is "
                                                + Quoted.of(text)
                                                + ", allowed are "
                                                + Arrays.stream(values())
                                                        .map(Enum::name)
                                                        .collect(Collectors.joining(", "))));
    }

    /** The first version of the specification that has this command. */
    public CniVersion since() {
        return since;
    }

    /** The variables without which the command cannot be done. */
    public List<String> requiredVariables() {
        return requiredVariables;
    }

    /** Where the daemon serves the command: {@code /v1/add}. */
    public String httpPath() {
        return "/v1/" + name().toLowerCase(Locale.ROOT);
    }

    /** Whether the command is about one interface of one container. */
    public boolean isAboutAnAttachment() {
        return requiredVariables.contains(CniEnvironment.CONTAINER_ID);
    }
}
