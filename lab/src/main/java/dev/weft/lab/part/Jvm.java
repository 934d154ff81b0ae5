package dev.weft.lab.part;

import dev.weft.lab.host.Launch;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the lab's Java processes are started: small heaps and a short way to ready, since many share
 * two cores.
 */
final class Jvm {
    private Jvm() {}

    /** A main class of the lab itself, with the class path that this process has. */
    static Launch main(
            String part, Path log, String mainClass, String heap, List<String> arguments) {
        List<String> argv = java(heap);
        argv.addAll(List.of("-cp", classPath(), mainClass));
        argv.addAll(arguments);
        return Launch.of(part, log, argv);
    }

    /** This process's class path with absolute names: the lab's processes run in its folder. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A Quarkus module as the build left it. */
    static Launch quarkus(String part, Path log, Path module, String heap) {
        Path jar = module.resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    part + " is not built: no " + jar + "; run `weft build`");
        }
        List<String> argv = java(heap);
        argv.addAll(List.of("-jar", jar.toString()));
        return Launch.of(part, log, argv);
    }

    private static List<String> java(String heap) {
        List<String> argv =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + heap,
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow"));
        // for a look inside, as in WEFT_JAVA_OPTS=-Xlog:gc
        String more = System.getenv().getOrDefault("WEFT_JAVA_OPTS", "");
        if (!more.isBlank()) {
            argv.addAll(List.of(more.strip().split("\\s+")));
        }
        return argv;
    }
}
