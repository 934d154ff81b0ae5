package dev.weft.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a benchmark found: rows of what was measured, printed as a table for people or as one JSON
 * object for programs. Figures of one report come from one run, so that ratios between them mean
 * something on a noisy machine.
 */
public final class Report {
    private final String title;
    private final List<Line> lines = new ArrayList<>();

    /**
     * One figure.
     *
     * @param what was measured
     * @param value in the unit
     * @param unit such as {@code ms}, {@code pods/s}, {@code x}
     * @param remark conditions, competitor, aim; may be empty
     */
    public record Line(String what, double value, String unit, String remark) {}

    public Report(String title) {
        this.title = title;
    }

    /** Adds a figure. */
    public Report add(String what, double value, String unit, String remark) {
        lines.add(new Line(what, value, unit, remark));
        return this;
    }

    /** Adds a figure without a remark. */
    public Report add(String what, double value, String unit) {
        return add(what, value, unit, "");
    }

    /** Adds the median, the 99th percentile and the largest of some times. */
    public Report addTimes(String what, long[] nanos) {
        Percentiles p = Percentiles.of(nanos);
        return add(what + ", p50", p.at(50) / 1e6, "ms", nanos.length + " samples")
                .add(what + ", p99", p.at(99) / 1e6, "ms")
                .add(what + ", largest", p.at(100) / 1e6, "ms");
    }

    /** The figures so far. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Prints a table, or JSON where the arguments of the benchmark hold {@code --json}. */
    public void print(PrintStream out, String... arguments) {
        if (List.of(arguments).contains("--json")) {
            out.println(json());
        } else {
            table(out);
        }
    }

    private void table(PrintStream out) {
        int width = lines.stream().mapToInt(line -> line.what().length()).max().orElse(0);
        out.println(title);
        for (Line line : lines) {
            out.printf(
                    Locale.ROOT,
                    "  %-" + Math.max(width, 1) + "s %14s %-8s %s%n",
                    line.what(),
                    figure(line.value()),
                    line.unit(),
                    line.remark());
        }
    }

    private String json() {
        StringBuilder json = new StringBuilder("{\"benchmark\":").append(quoted(title));
        json.append(",\"figures\":[");
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            json.append(i == 0 ? "" : ",")
                    .append("{\"what\":")
                    .append(quoted(line.what()))
                    .append(",\"value\":")
                    .append(line.value())
                    .append(",\"unit\":")
                    .append(quoted(line.unit()))
                    .append(",\"remark\":")
                    .append(quoted(line.remark()))
                    .append('}');
        }
        return json.append("]}").toString();
    }

    private static String figure(double value) {
        return value >= 1000 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
