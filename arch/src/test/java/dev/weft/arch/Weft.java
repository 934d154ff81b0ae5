package dev.weft.arch;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rooms of the house and which packages are theirs. */
final class Weft {

    /** Every class of ours, and nothing of tests or of others. */
    static final String PACKAGES = "dev.weft";

    /** A room and the rooms below it that it may use. */
    static final Map<String, Set<String>> MAY_USE =
            Map.ofEntries(
                    Map.entry("net", Set.of()),
                    Map.entry("cni", Set.of()),
                    Map.entry("ovsdb", Set.of("net")),
                    Map.entry("netlink", Set.of("net")),
                    Map.entry("kube", Set.of("net")),
                    Map.entry("ovn", Set.of("net", "ovsdb")),
                    Map.entry("bus", Set.of("net", "kube")),
                    Map.entry("relay", Set.of("net", "kube", "bus")),
                    Map.entry("ipam", Set.of("net", "kube", "bus")),
                    Map.entry("vpc", Set.of("net", "kube", "bus", "ovsdb", "ovn")),
                    Map.entry(
                            "node", Set.of("net", "kube", "bus", "ovsdb", "ovn", "netlink", "cni")),
                    Map.entry("cni.binary", Set.of("cni")),
                    // the lab starts services as processes and never sees their classes
                    Map.entry(
                            "lab",
                            Set.of(
                                    "net",
                                    "kube",
                                    "bus",
                                    "ovsdb",
                                    "ovn",
                                    "netlink",
                                    "cni",
                                    "cni.binary")));

    private Weft() {}

    /** The room that a class is in; empty for a class that is not ours. */
    static String roomOf(JavaClass type) {
        var name = type.getPackageName();
        if (!name.startsWith(PACKAGES + ".")) {
            return "";
        }
        var inside = name.substring(PACKAGES.length() + 1);
        return MAY_USE.keySet().stream()
                .filter(room -> inside.equals(room) || inside.startsWith(room + "."))
                .reduce((a, b) -> a.length() > b.length() ? a : b)
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        "no room is known for the package "
                                                + name
                                                + ": add it to Weft.MAY_USE"));
    }

    /** The packages of rooms, as ArchUnit writes them. */
    static String[] packagesOf(String... rooms) {
        return Stream.of(rooms)
                .map(room -> PACKAGES + "." + room + "..")
                .collect(Collectors.toSet())
                .toArray(String[]::new);
    }

    /** Leaves out the rules' own classes. */
    static final class NotTheRules implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("dev/weft/arch");
        }
    }
}
