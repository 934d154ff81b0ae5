package dev.weft.cni.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.cni.json.JsonValue.JsonArray;
import dev.weft.cni.json.JsonValue.JsonBool;
import dev.weft.cni.json.JsonValue.JsonNumber;
import dev.weft.cni.json.JsonValue.JsonObject;
import dev.weft.cni.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @Test
    void readsEveryKindOfValue() {
        assertThat(
                        JsonReader.read(
                                " {\"a\": [1, -2.5e+3, \"x\\n\\u00e9\\ud83d\\ude00\", true, false, null, {}, []]}\n"))
                .isEqualTo(
                        new JsonObject(
                                Map.of(
                                        "a",
                                        new JsonArray(
                                                List.of(
                                                        new JsonNumber("1"),
                                                        new JsonNumber("-2.5e+3"),
                                                        new JsonString("x\né😀"),
                                                        new JsonBool(true),
                                                        new JsonBool(false),
                                                        JsonValue.NULL,
                                                        new JsonObject(Map.of()),
                                                        new JsonArray(List.of()))))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "]",
                "{]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{1:2}",
                "nul",
                "nulL",
                "True",
                "truefalse",
                "tru",
                "01",
                "-",
                "+1",
                ".5",
                "1.",
                "1.e1",
                "1e",
                "1e+",
                "--1",
                "0x1",
                "1_000",
                "NaN",
                "Infinity",
                "-Infinity",
                "\"",
                "\"a",
                "'a'",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u１２３４\"",
                "\"\\ud800\"",
                "\"\\ud800x\"",
                "\"\\ud800\\n\"",
                "\"\\ud800\\u0041\"",
                "\"\\udc00\"",
                "\"a\nb\"",
                "\"a\tb\"",
                "\"\u0000\"",
                "{} {}",
                "1 2",
                "[] x",
                "// no\n1",
                "/* no */ 1",
                "\uFEFF{}",
                "\u00a0{}",
                "{\"a\":undefined}",
                "[1;2]",
                "\u000b1"
            })
    void refusesWhatIsNotJson(String text) {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonReader.read(text))
                .satisfies(e -> assertThat(e.offset()).isBetween(0, text.length()))
                .withMessageStartingWith("at offset ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":2,\"a\":3}|at offset 13: member 'a' appears twice in one object",
                "{\"a\" 1}|at offset 5: expected ':', found '1'",
                "[1|at offset 2: expected ',' or ']', but the text ends",
                "{\"a\": \"no end}|at offset 6: the string that begins here has no end",
            })
    void saysWhereAndWhatIsWrong(String text, String message) {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonReader.read(text))
                .withMessage(message);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        for (byte[] bytes :
                new byte[][] {
                    {'"', (byte) 0xff, '"'}, // no such byte
                    {'"', (byte) 0xc0, (byte) 0x80, '"'}, // overlong zero
                    {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}, // half a surrogate pair
                    {'"', (byte) 0xe2, (byte) 0x82}, // cut
                    "{}".getBytes(StandardCharsets.UTF_16)
                }) {
            assertThatExceptionOfType(JsonException.class)
                    .isThrownBy(() -> JsonReader.read(bytes))
                    .withMessageContaining("not UTF-8");
        }
    }

    @Test
    void readsToTheDepthAllowedAndNoDeeper() {
        int max = JsonReader.MAX_DEPTH;
        assertThat(JsonReader.read("[".repeat(max) + "]".repeat(max)))
                .isInstanceOf(JsonArray.class);
        for (var open : List.of("[", "{\"a\":")) {
            assertThatExceptionOfType(JsonException.class)
                    .isThrownBy(() -> JsonReader.read(open.repeat(100_000)))
                    .withMessageContaining("nested deeper than 64 levels");
        }
    }

    @Test
    void refusesWhatIsTooLarge() {
        var large = "\"" + "x".repeat(JsonReader.MAX_BYTES - 1) + "\"";
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonReader.read(large.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("larger than 1048576 bytes");
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonReader.read("9".repeat(1000)))
                .withMessageContaining("a number longer than 128 characters");
    }

    @Test
    void takesOnlyIntegersOf64BitsAsIntegers() {
        assertThat(new JsonNumber("-9223372036854775808").integer()).isEqualTo(Long.MIN_VALUE);
        assertThat(new JsonNumber("9223372036854775808").integer()).isNull();
        assertThat(new JsonNumber("1.0").integer()).isNull();
        assertThat(new JsonNumber("1e2").integer()).isNull();
    }
}
