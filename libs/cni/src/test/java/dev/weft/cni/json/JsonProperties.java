package dev.weft.cni.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weft.cni.json.JsonValue.JsonArray;
import dev.weft.cni.json.JsonValue.JsonBool;
import dev.weft.cni.json.JsonValue.JsonNumber;
import dev.weft.cni.json.JsonValue.JsonObject;
import dev.weft.cni.json.JsonValue.JsonString;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonProperties {

    private static final JsonMapper JACKSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final String TROUBLE = "{}[]\",:\\u0e1-.tn \u0000/";

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("values") JsonValue value) {
        assertThat(JsonReader.read(JsonWriter.writeBytes(value))).isEqualTo(value);
    }

    @Property
    void jacksonReadsTheSame(@ForAll("values") JsonValue value) throws JsonProcessingException {
        var written = JsonWriter.write(value);
        JsonNode theirs = JACKSON.readTree(written);
        assertThat(JACKSON.readTree(JsonWriter.write(JsonReader.read(theirs.toPrettyString()))))
                .isEqualTo(theirs);
    }

    /**
     * Whatever we accept, a reader that is known to be right accepts too: there is no second
     * meaning to exploit.
     */
    @Property(tries = 3000)
    void damagedTextIsRefusedOrMeansTheSameToJackson(
            @ForAll("values") JsonValue value, @ForAll Random random) throws Exception {
        var text = new StringBuilder(JsonWriter.write(value));
        for (int i = 0; i <= random.nextInt(3) && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, TROUBLE.charAt(random.nextInt(TROUBLE.length())));
                case 2 -> text.setCharAt(at, (char) random.nextInt(0x80));
                default -> text.setLength(at);
            }
        }
        try {
            var ours = JsonReader.read(text.toString());
            assertThat(JACKSON.readTree(JsonWriter.write(ours)))
                    .isEqualTo(JACKSON.readTree(text.toString()));
        } catch (JsonException refused) {
            assertThat(refused).hasMessageStartingWith("at offset ");
        }
    }

    @Property
    void arbitraryBytesAreReadOrRefusedButNeverBreakTheReader(@ForAll byte[] bytes) {
        try {
            assertThat(JsonReader.read(JsonWriter.writeBytes(JsonReader.read(bytes)))).isNotNull();
        } catch (JsonException refused) {
            assertThat(refused.offset()).isBetween(0, bytes.length);
        }
    }

    /**
     * Made by hand: jqwik's recursive arbitraries try all combinations of edge cases, which takes
     * minutes here.
     */
    @Provide
    Arbitrary<JsonValue> values() {
        return Arbitraries.randomValue(random -> value(random, 5));
    }

    private static JsonValue value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> new JsonString(text(random));
            case 1 -> JsonNumber.of(random.nextLong() >> random.nextInt(64));
            case 2 ->
                    new JsonNumber(
                            Double.toString(
                                    random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20)));
            case 3 -> new JsonBool(random.nextBoolean());
            case 4 -> JsonValue.NULL;
            case 5 ->
                    new JsonArray(
                            Stream.generate(() -> value(random, depth - 1))
                                    .limit(random.nextInt(5))
                                    .toList());
            default -> {
                var object = JsonObject.builder();
                for (int i = random.nextInt(5); i > 0; i--) {
                    object.put(text(random), value(random, depth - 1));
                }
                yield object.build();
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(TROUBLE.charAt(random.nextInt(TROUBLE.length())));
                case 1 -> text.appendCodePoint(0x1f600 + random.nextInt(32));
                case 2 -> text.append("é漢\u2028\u007f\n".charAt(random.nextInt(5)));
                default -> text.append((char) (' ' + random.nextInt(0x5f)));
            }
        }
        return text.toString();
    }
}
