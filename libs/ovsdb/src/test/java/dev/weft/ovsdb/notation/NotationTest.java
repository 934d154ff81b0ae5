package dev.weft.ovsdb.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ovsdb.ColumnType;
import dev.weft.ovsdb.NamedUuid;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NotationTest {
    private static final ColumnType<Set<String>> STRINGS = ColumnType.set(ColumnType.STRING);

    private static <T> T decode(ColumnType<T> type, String json) {
        return type.decode(JsonTree.parse(json), new ValueInterner(16));
    }

    private static String encode(ColumnType<?> type, Object value) {
        return Json.write(out -> type.encode(out, value));
    }

    @Test
    void readsASingleAtomAsASetOfOne() {
        assertThat(decode(STRINGS, "\"a\"")).isEqualTo(Set.of("a"));
        assertThat(decode(ColumnType.STRING, "[\"set\",[\"a\"]]")).isEqualTo("a");
        assertThat(decode(ColumnType.optional(ColumnType.INTEGER), "5")).contains(5L);
        assertThat(decode(ColumnType.optional(ColumnType.INTEGER), "[\"set\",[]]")).isEmpty();
    }

    @Test
    void readsAnIntegerWhereARealIsExpected() {
        assertThat(decode(ColumnType.REAL, "5")).isEqualTo(5.0);
    }

    @Test
    void takesWhatAPersonWouldGive() {
        assertThat(encode(STRINGS, "a")).isEqualTo("\"a\"");
        assertThat(encode(STRINGS, List.of("a", "b"))).isEqualTo("[\"set\",[\"a\",\"b\"]]");
        assertThat(encode(ColumnType.UUID, new NamedUuid("row")))
                .isEqualTo("[\"named-uuid\",\"row\"]");
        assertThat(encode(ColumnType.optional(ColumnType.INTEGER), 5)).isEqualTo("5");
        assertThat(encode(ColumnType.optional(ColumnType.INTEGER), Optional.empty()))
                .isEqualTo("[\"set\",[]]");
        var map = ColumnType.map(ColumnType.STRING, ColumnType.INTEGER);
        assertThat(encode(map, Map.of("a", 1))).isEqualTo("[\"map\",[[\"a\",1]]]");
        assertThat(encode(map, Set.of("a", "b"))).startsWith("[\"set\",[\"");
    }

    @Test
    void refusesAValueOfAnotherTypeAndNamesIt() {
        assertThatThrownBy(() -> encode(ColumnType.INTEGER, "five"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected integer, got String 'five'");
        assertThatThrownBy(() -> encode(ColumnType.STRING, List.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> encode(STRINGS, Map.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> encode(ColumnType.REAL, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsNoValueOfTheType() {
        for (var json :
                List.of(
                        "[\"uuid\",\"1-2-3-4-5\"]",
                        "[\"uuid\",7]",
                        "\"x\"",
                        "[\"uuid\"]",
                        "null",
                        "{}")) {
            assertThatThrownBy(() -> decode(ColumnType.UUID, json))
                    .isInstanceOf(ProtocolError.class);
        }
        for (var json :
                List.of("[\"map\",[[\"a\"]]]", "[\"map\",[7]]", "[\"map\"]", "[\"set\",[]]", "7")) {
            assertThatThrownBy(
                            () ->
                                    decode(
                                            ColumnType.map(ColumnType.STRING, ColumnType.STRING),
                                            json))
                    .isInstanceOf(ProtocolError.class);
        }
    }

    @Test
    void keepsOneInstanceOfEqualStrings() {
        var interner = new ValueInterner(16);
        var first = STRINGS.decode(JsonTree.parse("\"lorem\""), interner).iterator().next();
        var second = STRINGS.decode(JsonTree.parse("\"lorem\""), interner).iterator().next();
        assertThat(first).isSameAs(second);
    }
}
