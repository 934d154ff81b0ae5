package dev.weft.ovsdb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.weft.ovsdb.notation.Notation;
import dev.weft.ovsdb.notation.ValueInterner;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column as our code wants to see it: an atom, an optional atom, a set or a map (RFC
 * 7047 section 3.2, {@code <type>}). Values are immutable. Two types are equal when they describe
 * the same values.
 *
 * @param <T> the Java type of a value: {@link String}, {@link Long}, {@link Double}, {@link
 *     Boolean}, {@link UUID}, or an {@link Optional}, {@link Set} or {@link Map} of them
 */
public final class ColumnType<T> {
    /** How many atoms a value holds. */
    public enum Shape {
        /** exactly one */
        SCALAR,
        /** none or one */
        OPTIONAL,
        /** any number, unordered, each once */
        SET,
        /** any number of key-value pairs, each key once */
        MAP
    }

    public static final ColumnType<String> STRING = scalar(AtomType.STRING);
    public static final ColumnType<Long> INTEGER = scalar(AtomType.INTEGER);
    public static final ColumnType<Double> REAL = scalar(AtomType.REAL);
    public static final ColumnType<Boolean> BOOLEAN = scalar(AtomType.BOOLEAN);
    public static final ColumnType<UUID> UUID = scalar(AtomType.UUID);

    private final Shape shape;
    private final AtomType key;
    private final @Nullable AtomType value;

    private ColumnType(Shape shape, AtomType key, @Nullable AtomType value) {
        this.shape = shape;
        this.key = key;
        this.value = value;
    }

    private static <T> ColumnType<T> scalar(AtomType key) {
        return new ColumnType<>(Shape.SCALAR, key, null);
    }

    /** None or one value of a scalar type. */
    public static <E> ColumnType<Optional<E>> optional(ColumnType<E> element) {
        return new ColumnType<>(Shape.OPTIONAL, element.atom(), null);
    }

    /** Any number of values of a scalar type. */
    public static <E> ColumnType<Set<E>> set(ColumnType<E> element) {
        return new ColumnType<>(Shape.SET, element.atom(), null);
    }

    /** A map from one scalar type to another. */
    public static <K, V> ColumnType<Map<K, V>> map(ColumnType<K> key, ColumnType<V> value) {
        return new ColumnType<>(Shape.MAP, key.atom(), value.atom());
    }

    private AtomType atom() {
        if (shape != Shape.SCALAR) {
            throw new IllegalArgumentException(
                    "the element of a set, map or optional must be a scalar, not " + this);
        }
        return key;
    }

    public Shape shape() {
        return shape;
    }

    /** The type of the atom, of the set's elements, or of the map's keys. */
    public AtomType key() {
        return key;
    }

    /** The type of the map's values; null unless this is a map. */
    public @Nullable AtomType value() {
        return value;
    }

    /**
     * What a column of this type holds when the server sends nothing for it (RFC 7047 section
     * 5.2.1).
     */
    @SuppressWarnings("unchecked") // shape and atoms decide the Java type T
    public T defaultValue() {
        return (T)
                switch (shape) {
                    case SCALAR -> key.defaultValue();
                    case OPTIONAL -> Optional.empty();
                    case SET -> Set.of();
                    case MAP -> Map.of();
                };
    }

    /**
     * Reads a value in RFC 7047 notation (section 5.1, {@code <value>}).
     *
     * @param json the value as {@link dev.weft.ovsdb.notation.JsonTree} gives it
     * @throws OvsdbException.ProtocolError when the value is not of this type
     */
    @SuppressWarnings("unchecked") // Notation gives what shape and atoms say
    public T decode(Object json, ValueInterner interner) {
        return (T) Notation.decode(this, json, interner);
    }

    /**
     * Writes a value in RFC 7047 notation. Beside {@code T} it takes what a person would expect to
     * work: an element where a set or an optional is wanted, a {@link NamedUuid} where a UUID is
     * wanted, a collection of keys where entries of a map are to be deleted.
     *
     * @throws IllegalArgumentException when the value is not of this type
     */
    public void encode(JsonGenerator out, Object value) throws IOException {
        Notation.encode(this, value, out);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ColumnType<?> that
                && shape == that.shape
                && key == that.key
                && value == that.value;
    }

    @Override
    public int hashCode() {
        return Objects.hash(shape, key, value);
    }

    @Override
    public String toString() {
        return switch (shape) {
            case SCALAR -> key.word();
            case OPTIONAL -> "optional " + key.word();
            case SET -> "set of " + key.word();
            case MAP -> "map of " + key.word() + " to " + Objects.requireNonNull(value).word();
        };
    }
}
