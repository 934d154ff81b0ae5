package dev.weft.cni.binary;

import dev.weft.cni.CniError;
import dev.weft.cni.Fields;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a call of the plugin left: the exit code and what it wrote. */
record Outcome(int exitCode, String stdout, String stderr) {

    /** Calls the plugin in this process. */
    static Outcome inProcess(Map<String, String> environment, byte[] stdin) {
        var stdout = new ByteArrayOutputStream();
        int exitCode = CniPlugin.run(environment, new ByteArrayInputStream(stdin), stdout);
        return new Outcome(exitCode, stdout.toString(StandardCharsets.UTF_8), "");
    }

    /** Runs an executable with nothing in the environment but these variables. */
    static Outcome run(List<String> command, Map<String, String> environment, byte[] stdin) {
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            try (var in = process.getOutputStream()) {
                in.write(stdin);
            } catch (IOException _) {
                // a plugin that has seen enough need not read on
            }
            var stdout =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var stderr =
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the plugin did not end");
            }
            return new Outcome(process.exitValue(), stdout, stderr);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stdout as the specification's error object; fails when it is anything else. */
    CniError error() {
        return CniError.parse(json());
    }

    /** Stdout as one JSON object. */
    Fields json() {
        return Fields.read(stdout.getBytes(StandardCharsets.UTF_8), "stdout");
    }
}
