package dev.weft.lab.runner;

import java.io.IOException;
import java.util.Map;

/** The CNI plugin, however it is run. */
@FunctionalInterface
public interface CniExecutable {
    /**
     * One call.
     *
     * @param environment the {@code CNI_*} variables
     * @param stdin the network configuration
     */
    Answer run(Map<String, String> environment, String stdin) throws IOException;

    /** The plugin's exit status and what it printed. */
    record Answer(int exit, String stdout) {}
}
