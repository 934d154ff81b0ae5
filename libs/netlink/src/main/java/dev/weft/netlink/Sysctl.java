package dev.weft.netlink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Kernel settings of a network namespace, below {@code /proc/sys/net}. A key is the path there,
 * such as {@code ipv4/ip_forward} or {@code ipv6/conf/eth0/accept_ra}; slashes, since names of
 * interfaces may contain dots.
 */
public final class Sysctl {
    private static final Path ROOT = Path.of("/proc/sys/net");

    private Sysctl() {}

    /** The value without the newline. */
    public static String read(NetNs ns, String key) {
        return ns.call(() -> read(key));
    }

    /** Sets what differs; settings that have their value already are not written. */
    public static void apply(NetNs ns, Map<String, String> settings) {
        ns.call(
                () -> {
                    settings.forEach(
                            (key, value) -> {
                                if (!read(key).equals(value)) {
                                    write(key, value);
                                }
                            });
                    return settings;
                });
    }

    private static String read(String key) {
        try {
            return Files.readString(path(key)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("read sysctl net/" + key, e);
        }
    }

    private static void write(String key, String value) {
        try {
            Files.writeString(path(key), value);
        } catch (IOException e) {
            throw new UncheckedIOException("set sysctl net/" + key + " to " + value, e);
        }
    }

    private static Path path(String key) {
        Path path = ROOT.resolve(key).normalize();
        if (!path.startsWith(ROOT)) {
            throw new IllegalArgumentException(
                    "sysctl key '" + key + "' is not allowed: a path below /proc/sys/net");
        }
        return path;
    }
}
