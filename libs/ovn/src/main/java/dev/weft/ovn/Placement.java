package dev.weft.ovn;

import dev.weft.ovsdb.NamedUuid;
import dev.weft.ovsdb.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which row a spec means: one that is there, or one to be made. */
sealed interface Placement {
    RowSpec spec();

    /** The row is there. */
    record Present(RowSpec spec, Row row) implements Placement {}

    /** The row has to be made. */
    record New(RowSpec spec, NamedUuid name) implements Placement {}

    /** It cannot be said, or the row may not be touched. */
    record Barred(RowSpec spec, Obstacle obstacle) implements Placement {}

    /**
     * Decides for one spec; rows that carry the owner's stamp go before all others of the same
     * name.
     */
    static Placement of(RowSpec spec, Owner self, RowFinder finder) {
        RowRef ref = spec.ref().ownedBy(self);
        List<Row> found = finder.find(ref);
        if (spec.isShared()) {
            return switch (found.size()) {
                case 0 -> new Barred(spec, new Obstacle.Missing(ref, ref));
                case 1 -> new Present(spec, found.getFirst());
                default -> new Barred(spec, new Obstacle.Ambiguous(ref, found.size()));
            };
        }
        Optional<Row> own =
                found.stream()
                        .filter(row -> isOwn(spec, row, self))
                        .max(Comparator.comparingInt(row -> children(spec.table(), row)));
        if (own.isPresent()) {
            return new Present(spec, own.get());
        }
        return switch (found.size()) {
            case 0 -> new New(spec, nameOf(ref, self));
            case 1 -> taken(spec, ref, found.getFirst(), self);
            default -> new Barred(spec, new Obstacle.Ambiguous(ref, found.size()));
        };
    }

    private static Placement taken(RowSpec spec, RowRef ref, Row row, Owner self) {
        Optional<Owner> holder = Stamp.owner(spec.table(), row);
        if (holder.isPresent()) {
            return new Barred(spec, new Obstacle.OwnedByOther(ref, self, holder.get()));
        }
        return spec.adopts() || Stamp.isPeers(spec.table(), row)
                ? new Present(spec, row)
                : new Barred(spec, new Obstacle.ForeignRow(ref, row.uuid()));
    }

    /** Should a name have been made twice, the row that others' rows are in is the one to keep. */
    private static int children(Table table, Row row) {
        return table.childColumns().stream()
                .mapToInt(column -> row.get(Table.asReferenceSet(column)).size())
                .sum();
    }

    private static boolean isOwn(RowSpec spec, Row row, Owner self) {
        return Stamp.owner(spec.table(), row).filter(self::equals).isPresent();
    }

    /**
     * A name that is the same for the same row of the same owner and, but for a hash collision, for
     * no other.
     */
    private static NamedUuid nameOf(RowRef ref, Owner self) {
        long hash = 0xcbf29ce484222325L; // FNV-1a
        String text = ref.table() + "\n" + ref.key() + "\n" + self;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return new NamedUuid(
                "%s_%016x".formatted(ref.table().name().toLowerCase(Locale.ROOT), hash));
    }
}
