package dev.weft.ovsdb.notation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The JSON parts of RFC 7047 section 3.1: a factory with bounds, and writing. */
public final class Json {
    /**
     * Deeper than any OVSDB message gets (a map of an update is at depth 9), shallow enough for our
     * stack.
     */
    static final int MAX_DEPTH = 64;

    /** Longest string or number; the longest real one is a schema inside {@code _Server}. */
    static final int MAX_STRING = 64 * 1024 * 1024;

    /** One factory for all: it holds no state of a message. */
    public static final JsonFactory FACTORY =
            new JsonFactoryBuilder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(MAX_STRING)
                                    .build())
                    .build();

    private Json() {}

    /** Something that writes JSON. */
    @FunctionalInterface
    public interface Writer {
        void write(JsonGenerator out) throws IOException;
    }

    /** What the writer writes, as text. */
    public static String write(Writer writer) {
        var text = new StringWriter();
        try (var out = FACTORY.createGenerator(text)) {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** What the writer writes, as UTF-8. */
    public static byte[] writeBytes(Writer writer) {
        try (var bytes = new ByteArrayBuilder(512)) {
            try (var out = FACTORY.createGenerator(bytes)) {
                writer.write(out);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a tree as {@link JsonTree} builds them. */
    public static void writeTree(JsonGenerator out, Object tree) throws IOException {
        switch (tree) {
            case String text -> out.writeString(text);
            case Long number -> out.writeNumber(number);
            case Integer number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case Boolean truth -> out.writeBoolean(truth);
            case List<?> list -> {
                out.writeStartArray();
                for (var element : list) {
                    writeTree(out, element);
                }
                out.writeEndArray();
            }
            case Map<?, ?> map -> {
                out.writeStartObject();
                for (var entry : map.entrySet()) {
                    out.writeFieldName((String) entry.getKey());
                    writeTree(out, entry.getValue());
                }
                out.writeEndObject();
            }
            case JsonTree.Null _ -> out.writeNull();
            default -> throw new IllegalArgumentException("no JSON for " + tree.getClass());
        }
    }
}
