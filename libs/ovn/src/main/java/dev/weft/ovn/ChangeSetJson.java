package dev.weft.ovn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.weft.ovsdb.NamedUuid;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Prints a {@link ChangeSet} for programs; references are printed as the names of the rows. */
final class ChangeSetJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final ChangeSet changeSet;
    private final JsonGenerator out;

    private ChangeSetJson(ChangeSet changeSet, JsonGenerator out) {
        this.changeSet = changeSet;
        this.out = out;
    }

    static String print(ChangeSet changeSet) {
        var text = new StringWriter();
        try (var out = FACTORY.createGenerator(text)) {
            new ChangeSetJson(changeSet, out).print();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does not fail
        }
        return text.toString();
    }

    private void print() throws IOException {
        out.writeStartObject();
        out.writeStringField("owner", changeSet.owner().toString());
        out.writeArrayFieldStart("changes");
        for (Change change : changeSet.changes()) {
            print(change);
        }
        out.writeEndArray();
        obstacles("blockedBy", changeSet.blockedBy());
        obstacles("conflicts", changeSet.conflicts());
        out.writeEndObject();
    }

    private void obstacles(String field, List<Obstacle> obstacles) throws IOException {
        out.writeArrayFieldStart(field);
        for (Obstacle obstacle : obstacles) {
            out.writeString(obstacle.message());
        }
        out.writeEndArray();
    }

    private void print(Change change) throws IOException {
        out.writeStartObject();
        out.writeStringField(
                "op",
                switch (change) {
                    case Change.Insert _ -> "insert";
                    case Change.Modify _ -> "modify";
                    case Change.Delete _, Change.Vanish _ -> "delete";
                });
        out.writeStringField("table", change.row().table().name());
        out.writeStringField("key", change.row().key());
        switch (change) {
            case Change.Insert insert -> {
                out.writeObjectFieldStart("values");
                for (var entry : insert.values().entrySet()) {
                    field(entry.getKey().name(), entry.getValue());
                }
                out.writeEndObject();
            }
            case Change.Modify modify -> {
                out.writeStringField("uuid", modify.uuid().toString());
                out.writeArrayFieldStart("edits");
                for (Change.Edit edit : modify.edits()) {
                    print(edit);
                }
                out.writeEndArray();
            }
            case Change.Delete delete -> out.writeStringField("uuid", delete.uuid().toString());
            case Change.Vanish vanish -> out.writeStringField("uuid", vanish.uuid().toString());
        }
        out.writeEndObject();
    }

    private void print(Change.Edit edit) throws IOException {
        out.writeStartObject();
        out.writeStringField("column", edit.column().name());
        switch (edit) {
            case Change.Edit.Assign(_, var before, var after) -> {
                field("from", before);
                field("to", after);
            }
            case Change.Edit.Members(_, var added, var removed) -> {
                field("add", added);
                field("remove", removed);
            }
            case Change.Edit.Entries(_, var put, var removed, _) -> {
                field("put", put);
                field("remove", removed);
            }
        }
        out.writeEndObject();
    }

    private void field(String name, Object value) throws IOException {
        out.writeFieldName(name);
        value(value);
    }

    private void value(Object value) throws IOException {
        switch (value) {
            case Optional<?> optional when optional.isEmpty() -> out.writeNull();
            case Optional<?> optional -> value(optional.get());
            case Map<?, ?> map -> {
                out.writeStartObject();
                for (var entry : map.entrySet()) {
                    field(entry.getKey().toString(), entry.getValue());
                }
                out.writeEndObject();
            }
            case Collection<?> values -> {
                out.writeStartArray();
                for (Object each : values) {
                    value(each);
                }
                out.writeEndArray();
            }
            case UUID uuid ->
                    out.writeString(changeSet.labels().getOrDefault(uuid, uuid.toString()));
            case NamedUuid name ->
                    out.writeString(changeSet.labels().getOrDefault(name, name.name()));
            case Boolean bool -> out.writeBoolean(bool);
            case Long number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            default -> out.writeString(value.toString());
        }
    }
}
