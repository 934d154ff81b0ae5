package dev.weft.cni;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that a runtime calls a plugin with, read into a {@link CniRequest}. */
public final class CniEnvironment {

    public static final String COMMAND = "CNI_COMMAND";
    public static final String CONTAINER_ID = "CNI_CONTAINERID";
    public static final String NETNS = "CNI_NETNS";
    public static final String IFNAME = "CNI_IFNAME";
    public static final String ARGS = "CNI_ARGS";
    public static final String PATH = "CNI_PATH";

    /** All of them. */
    public static final List<String> VARIABLES =
            List.of(COMMAND, CONTAINER_ID, NETNS, IFNAME, ARGS, PATH);

    private CniEnvironment() {}

    /**
     * The command asked for; {@link CniErrorCode#INVALID_ENVIRONMENT} when it is missing or not
     * one.
     */
    public static CniCommand command(Map<String, String> variables) {
        var command = variable(variables, COMMAND);
        if (command == null) {
            throw missing(COMMAND);
        }
        return CniCommand.parse(command);
    }

    /** The whole request; every missing variable is named in one error. */
    public static CniRequest request(Map<String, String> variables, NetConf config) {
        var args = variable(variables, ARGS);
        return new CniRequest(
                command(variables),
                variable(variables, CONTAINER_ID),
                variable(variables, NETNS),
                variable(variables, IFNAME),
                args == null ? CniArgs.NONE : CniArgs.parse(args),
                variable(variables, PATH),
                config);
    }

    static CniException missing(String names) {
        return new CniException(
                CniErrorCode.INVALID_ENVIRONMENT,
                "missing environment variable",
                names
                        + " must be set; a container runtime does so, see the CNI specification, section 2");
    }

    /**
     * Runtimes set a variable to nothing when they have no value for it (CNI_NETNS in a DEL after a
     * reboot).
     */
    private static @Nullable String variable(Map<String, String> variables, String name) {
        var value = variables.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
