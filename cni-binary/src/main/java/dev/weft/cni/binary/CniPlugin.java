package dev.weft.cni.binary;

import dev.weft.cni.CniCommand;
import dev.weft.cni.CniEnvironment;
import dev.weft.cni.CniErrorCode;
import dev.weft.cni.CniException;
import dev.weft.cni.CniResult;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Fields;
import dev.weft.cni.NetConf;
import dev.weft.cni.json.JsonReader;
import dev.weft.cni.json.JsonValue.JsonObject;
import dev.weft.cni.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of the plugin: checks what the runtime asks for, has the node daemon do it, and writes
 * the answer in the version of the configuration. It keeps nothing and touches neither network nor
 * namespaces itself.
 */
public final class CniPlugin {

    private final UnixSocket.Connector connector;
    private CniVersion version = CniVersion.LATEST;

    private CniPlugin(UnixSocket.Connector connector) {
        this.connector = connector;
    }

    /** Runs one command on a JVM. */
    public static int run(Map<String, String> environment, InputStream stdin, OutputStream stdout) {
        return run(environment, stdin, stdout, NioSocket::connect);
    }

    /**
     * Runs one command.
     *
     * @param environment the {@code CNI_*} variables
     * @param stdin the network configuration, read to its end
     * @param stdout gets exactly one JSON object (result, versions or error), or nothing where the
     *     specification says so
     * @param connector reaches the node daemon's socket
     * @return the exit code: 0, or 1 when stdout has an error
     */
    public static int run(
            Map<String, String> environment,
            InputStream stdin,
            OutputStream stdout,
            UnixSocket.Connector connector) {
        var plugin = new CniPlugin(connector);
        JsonObject answer;
        int exitCode = 0;
        try {
            answer = plugin.answer(environment, stdin);
        } catch (CniException e) {
            answer = e.toError(plugin.version).toJson();
            exitCode = 1;
        } catch (RuntimeException e) {
            answer =
                    new CniException(
                                    CniErrorCode.INTERNAL,
                                    "unexpected failure in the plugin",
                                    e.toString())
                            .toError(plugin.version)
                            .toJson();
            exitCode = 1;
        }
        try {
            if (answer != null) {
                stdout.write(line(answer));
            }
            stdout.flush();
        } catch (IOException _) {
            return 1; // nobody is there to tell
        }
        return exitCode;
    }

    private @Nullable JsonObject answer(Map<String, String> environment, InputStream stdin) {
        var command = CniEnvironment.command(environment);
        var text = readAll(stdin);
        if (command == CniCommand.VERSION) {
            return versions(text);
        }
        var fields = Fields.read(text, "the network configuration on stdin");
        version = NetConf.version(fields);
        var request = CniEnvironment.request(environment, NetConf.parse(fields));
        var result = new DaemonClient(request, connector).call();
        return command == CniCommand.ADD ? inChain(request.config(), result).toJson(version) : null;
    }

    /** A plugin behind others answers with all that was made so far. */
    private static CniResult inChain(NetConf config, CniResult ours) {
        var previous = config.prevResult();
        return previous == null ? ours : ours.mergedOnto(previous);
    }

    /**
     * {@code cniVersion} is the runtime's own, as the specification wants; very old runtimes pipe
     * nothing.
     */
    private static JsonObject versions(byte[] stdin) {
        var asked = stdin.length == 0 ? null : Fields.read(stdin, "stdin").text("cniVersion");
        return JsonObject.builder()
                .put(
                        "cniVersion",
                        asked == null || asked.isEmpty() ? CniVersion.LATEST.text() : asked)
                .putTexts("supportedVersions", CniVersion.texts())
                .build();
    }

    /** With its end, so that whoever reads gets it in one piece. */
    private static byte[] line(JsonObject answer) {
        return (JsonWriter.write(answer) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] readAll(InputStream stdin) {
        try {
            return stdin.readNBytes(
                    JsonReader.MAX_BYTES + 1); // one more than allowed: the reader then refuses it
        } catch (IOException e) {
            throw new CniException(CniErrorCode.IO_FAILURE, "stdin cannot be read", e.toString());
        }
    }
}
