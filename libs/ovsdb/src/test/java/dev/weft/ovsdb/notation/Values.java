package dev.weft.ovsdb.notation;

import dev.weft.ovsdb.AtomType;
import dev.weft.ovsdb.ColumnType;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary column types and values of them. */
public final class Values {
    /** A type and one of its values. */
    public record Typed(ColumnType<?> type, Object value) {}

    private Values() {}

    static Arbitrary<?> atom(AtomType type) {
        return switch (type) {
            case STRING -> Arbitraries.strings().ofMaxLength(12);
            case INTEGER -> Arbitraries.longs();
            case REAL -> Arbitraries.doubles().between(-1e15, 1e15);
            case BOOLEAN -> Arbitraries.of(true, false);
            case UUID -> uuid();
        };
    }

    public static Arbitrary<UUID> uuid() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
    }

    private static ColumnType<?> scalar(AtomType type) {
        return switch (type) {
            case STRING -> ColumnType.STRING;
            case INTEGER -> ColumnType.INTEGER;
            case REAL -> ColumnType.REAL;
            case BOOLEAN -> ColumnType.BOOLEAN;
            case UUID -> ColumnType.UUID;
        };
    }

    public static Arbitrary<Typed> typed() {
        return Combinators.combine(
                        Arbitraries.of(AtomType.class),
                        Arbitraries.of(AtomType.class),
                        Arbitraries.of(ColumnType.Shape.class))
                .flatAs(Values::typed);
    }

    private static Arbitrary<Typed> typed(AtomType key, AtomType value, ColumnType.Shape shape) {
        return switch (shape) {
            case SCALAR -> atom(key).map(v -> new Typed(scalar(key), v));
            case OPTIONAL ->
                    atom(key).optional().map(v -> new Typed(ColumnType.optional(scalar(key)), v));
            case SET ->
                    atom(key)
                            .set()
                            .ofMaxSize(40)
                            .map(v -> new Typed(ColumnType.set(scalar(key)), v));
            case MAP ->
                    Arbitraries.maps(atom(key), atom(value))
                            .ofMaxSize(40)
                            .map(v -> new Typed(ColumnType.map(scalar(key), scalar(value)), v));
        };
    }
}
