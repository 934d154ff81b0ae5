package dev.weft.ovn;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an owner wants of one column of one row. Values are of the column's Java type. */
public sealed interface Wanted {
    /** This value and nothing else: the whole column is the owner's. */
    record Exactly(Object value) implements Wanted {}

    /** This value when the row is made; what it became since then is left alone. */
    record Initially(Object value) implements Wanted {}

    /** Of a map, these entries there and these keys gone; other keys are not the owner's. */
    record Entries(Map<?, ?> present, Set<?> absent) implements Wanted {}

    /** Of a set, these members there and these gone; other members are not the owner's. */
    record Members(Set<?> present, Set<?> absent) implements Wanted {}

    /** References to these rows and no others; in an optional column at most one. */
    record References(List<RowRef> rows) implements Wanted {}

    /** A map from keys to references, whole. */
    record ReferenceEntries(Map<?, RowRef> rows) implements Wanted {}
}
