package dev.weft.vpc.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ovn.RowSpec;
import dev.weft.ovn.Wanted;
import dev.weft.ovsdb.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks into the rows of a plan. */
final class Rows {

    private Rows() {}

    static List<RowSpec> of(Plan plan) {
        assertThat(plan).isInstanceOf(Plan.Serve.class);
        return ((Plan.Serve) plan).desired().rows();
    }

    static List<String> names(Plan plan) {
        return of(plan).stream().map(row -> row.ref().toString()).toList();
    }

    static RowSpec row(Plan plan, String ref) {
        return of(plan).stream()
                .filter(row -> row.ref().toString().equals(ref))
                .findFirst()
                .orElseThrow(() -> new AssertionError(ref + " is not among " + names(plan)));
    }

    /** What a row wants of a column, whichever way it says so. */
    static @Nullable Object value(RowSpec row, Column<?> column) {
        return switch (row.columns().get(column)) {
            case null -> null;
            case Wanted.Exactly(var value) -> value;
            case Wanted.Initially(var value) -> value;
            case Wanted.Entries(var present, _) -> present;
            case Wanted.Members(var present, _) -> present;
            case Wanted.References(var rows) -> rows;
            case Wanted.ReferenceEntries(var rows) -> rows;
        };
    }

    static List<String> parents(RowSpec row) {
        return row.memberships().stream()
                .map(m -> m.column().name() + " of " + m.parent())
                .toList();
    }
}
