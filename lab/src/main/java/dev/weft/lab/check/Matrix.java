package dev.weft.lab.check;

import dev.weft.lab.check.Connectivity.Measured;
import dev.weft.lab.check.Probe.Kind;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The measured ways as a table: a row for each kind, a column for each family. */
public record Matrix(List<Measured> measured) {
    public Matrix {
        measured = List.copyOf(measured);
    }

    /** Whether every way works, and every kind was measured in both families. */
    public boolean ok() {
        return failures().isEmpty()
                && Stream.of(Kind.values())
                        .allMatch(kind -> count(kind, false) > 0 && count(kind, true) > 0);
    }

    /** The ways that do not work. */
    public List<Probe> failures() {
        return measured.stream().filter(one -> !one.ok()).map(Measured::probe).toList();
    }

    /** The table. */
    public String table() {
        StringBuilder table =
                new StringBuilder(
                        String.format("  %-28s %-26s %s%n", "connectivity", "IPv4", "IPv6"));
        for (Kind kind : Kind.values()) {
            table.append(
                    String.format(
                            "  %-28s %-26s %s%n",
                            kind.words(), cell(kind, false), cell(kind, true)));
        }
        return table.toString();
    }

    private String cell(Kind kind, boolean ipv6) {
        List<Measured> here = of(kind, ipv6).toList();
        if (here.isEmpty()) {
            return "not measured";
        }
        long good = here.stream().filter(Measured::ok).count();
        OptionalDouble median =
                here.stream()
                        .flatMapToDouble(one -> one.milliseconds().stream())
                        .sorted()
                        .skip(good / 2)
                        .findFirst();
        String time =
                median.isPresent()
                        ? String.format(Locale.ROOT, ", %.2f ms", median.getAsDouble())
                        : "";
        return good + "/" + here.size() + (good == here.size() ? " ok" : " FAILED") + time;
    }

    private long count(Kind kind, boolean ipv6) {
        return of(kind, ipv6).count();
    }

    private Stream<Measured> of(Kind kind, boolean ipv6) {
        return measured.stream()
                .filter(one -> one.probe().kind() == kind && one.probe().ipv6() == ipv6);
    }
}
