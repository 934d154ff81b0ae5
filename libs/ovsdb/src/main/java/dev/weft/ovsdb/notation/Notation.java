package dev.weft.ovsdb.notation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.weft.ovsdb.AtomType;
import dev.weft.ovsdb.ColumnType;
import dev.weft.ovsdb.NamedUuid;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values between Java and RFC 7047 section 5.1: {@code <value>}, {@code <atom>}, {@code <set>},
 * {@code <map>}.
 */
public final class Notation {
    private Notation() {}

    /**
     * Reads a value.
     *
     * @throws ProtocolError when it is not of that type
     */
    public static Object decode(ColumnType<?> type, Object json, ValueInterner interner) {
        return switch (type.shape()) {
            case SCALAR -> {
                var members = members(json);
                yield atom(type.key(), members == null ? json : only(type, members), interner);
            }
            case OPTIONAL -> {
                var members = members(json);
                if (members == null) {
                    yield Optional.of(atom(type.key(), json, interner));
                }
                yield members.isEmpty()
                        ? Optional.empty()
                        : Optional.of(atom(type.key(), only(type, members), interner));
            }
            case SET -> {
                var members = members(json);
                yield members == null
                        ? Set.of(atom(type.key(), json, interner))
                        : set(type.key(), members, interner);
            }
            case MAP -> map(type, json, interner);
        };
    }

    private static Object only(ColumnType<?> type, List<?> members) {
        if (members.size() != 1) {
            throw new ProtocolError("expected " + type + ", got a set of " + members.size());
        }
        return members.getFirst();
    }

    /** The members when {@code json} is {@code ["set", [...]]}, else null. */
    private static @Nullable List<?> members(Object json) {
        return json instanceof List<?> list
                        && list.size() == 2
                        && "set".equals(list.get(0))
                        && list.get(1) instanceof List<?> members
                ? members
                : null;
    }

    private static Set<Object> set(AtomType type, List<?> members, ValueInterner interner) {
        return switch (members.size()) {
            case 0 -> Set.of();
            case 1 -> Set.of(atom(type, members.getFirst(), interner));
            default -> {
                var set = new LinkedHashSet<>();
                for (var member : members) {
                    set.add(atom(type, member, interner));
                }
                yield Compact.set(set);
            }
        };
    }

    private static Map<Object, Object> map(
            ColumnType<?> type, Object json, ValueInterner interner) {
        if (!(json instanceof List<?> list
                && list.size() == 2
                && "map".equals(list.get(0))
                && list.get(1) instanceof List<?> pairs)) {
            throw new ProtocolError("expected " + type + ", got " + brief(json));
        }
        var map = new HashMap<>();
        for (var pair : pairs) {
            if (!(pair instanceof List<?> both && both.size() == 2)) {
                throw new ProtocolError("expected a pair of " + type + ", got " + brief(pair));
            }
            map.put(
                    atom(type.key(), both.get(0), interner),
                    atom(Objects.requireNonNull(type.value()), both.get(1), interner));
        }
        return Compact.map(map);
    }

    private static Object atom(AtomType type, Object json, ValueInterner interner) {
        return switch (json) {
            case String text when type == AtomType.STRING -> interner.intern(text);
            case Long number when type == AtomType.INTEGER -> interner.intern(number);
            case Long number when type == AtomType.REAL -> number.doubleValue();
            case Double number when type == AtomType.REAL -> number;
            case Boolean truth when type == AtomType.BOOLEAN -> truth;
            case List<?> list
                    when type == AtomType.UUID
                            && list.size() == 2
                            && "uuid".equals(list.get(0))
                            && list.get(1) instanceof String text ->
                    uuid(text, interner);
            default -> throw new ProtocolError("expected " + type.word() + ", got " + brief(json));
        };
    }

    /**
     * Reads the text of a UUID.
     *
     * @throws ProtocolError when it is none
     */
    public static UUID uuid(String text, ValueInterner interner) {
        try {
            if (text.length() == 36) {
                return interner.uuid(text);
            }
        } catch (IllegalArgumentException e) {
            throw new ProtocolError("not a UUID: " + brief(text), e);
        }
        throw new ProtocolError("not a UUID: " + brief(text));
    }

    private static String brief(Object json) {
        var text = String.valueOf(json);
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /**
     * Writes a value; {@link ColumnType#encode} says what is taken.
     *
     * @throws IllegalArgumentException when it does not fit the type
     */
    public static void encode(ColumnType<?> type, Object value, JsonGenerator out)
            throws IOException {
        switch (value) {
            case Optional<?> optional when type.shape() != ColumnType.Shape.MAP ->
                    encodeSet(type, optional.stream().toList(), out);
            case Collection<?> members -> encodeSet(type, members, out);
            case Map<?, ?> map when type.value() != null -> encodeMap(type, map, out);
            case Map<?, ?> _ -> throw mismatch(type, value);
            case Object _ when type.shape() == ColumnType.Shape.MAP -> throw mismatch(type, value);
            default -> encodeAtom(type.key(), value, out);
        }
    }

    private static void encodeSet(ColumnType<?> type, Collection<?> members, JsonGenerator out)
            throws IOException {
        var most =
                type.shape() == ColumnType.Shape.SCALAR || type.shape() == ColumnType.Shape.OPTIONAL
                        ? 1
                        : members.size();
        if (members.size() > most || type.shape() == ColumnType.Shape.SCALAR && members.isEmpty()) {
            throw mismatch(type, members);
        }
        if (members.size() == 1) {
            encodeAtom(type.key(), members.iterator().next(), out);
            return;
        }
        out.writeStartArray();
        out.writeString("set");
        out.writeStartArray();
        for (var member : members) {
            encodeAtom(type.key(), member, out);
        }
        out.writeEndArray();
        out.writeEndArray();
    }

    private static void encodeMap(ColumnType<?> type, Map<?, ?> map, JsonGenerator out)
            throws IOException {
        out.writeStartArray();
        out.writeString("map");
        out.writeStartArray();
        for (var entry : map.entrySet()) {
            out.writeStartArray();
            encodeAtom(type.key(), entry.getKey(), out);
            encodeAtom(Objects.requireNonNull(type.value()), entry.getValue(), out);
            out.writeEndArray();
        }
        out.writeEndArray();
        out.writeEndArray();
    }

    private static void encodeAtom(AtomType type, Object value, JsonGenerator out)
            throws IOException {
        switch (value) {
            case String text when type == AtomType.STRING -> out.writeString(text);
            case Long number when type == AtomType.INTEGER -> out.writeNumber(number);
            case Integer number when type == AtomType.INTEGER -> out.writeNumber(number);
            case Double number when type == AtomType.REAL && Double.isFinite(number) ->
                    out.writeNumber(number);
            case Boolean truth when type == AtomType.BOOLEAN -> out.writeBoolean(truth);
            case UUID uuid when type == AtomType.UUID -> pair("uuid", uuid.toString(), out);
            case NamedUuid named when type == AtomType.UUID ->
                    pair("named-uuid", named.name(), out);
            default ->
                    throw new IllegalArgumentException(
                            "expected %s, got %s '%s'"
                                    .formatted(
                                            type.word(),
                                            value.getClass().getSimpleName(),
                                            brief(value)));
        }
    }

    private static void pair(String word, String text, JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeString(word);
        out.writeString(text);
        out.writeEndArray();
    }

    private static IllegalArgumentException mismatch(ColumnType<?> type, Object value) {
        return new IllegalArgumentException("expected %s, got %s".formatted(type, brief(value)));
    }
}
