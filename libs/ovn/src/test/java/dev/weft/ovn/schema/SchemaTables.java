package dev.weft.ovn.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The tables of an installed {@code .ovsschema} file, in the words in which {@link TableSource}
 * prints them as Java.
 */
record SchemaTables(String database, List<SchemaTable> tables) {

    /**
     * One column: its name, the Java type of its value, the expression for its {@code ColumnType},
     * and a note.
     */
    record SchemaColumn(
            String name,
            String javaType,
            String typeExpression,
            String note,
            Optional<SchemaReference> reference) {
        String constant() {
            return name.toUpperCase(Locale.ROOT);
        }
    }

    /**
     * A column that holds references: to which table, and of which kind (a constant of {@code
     * Reference.Kind}).
     */
    record SchemaReference(String table, String kind) {}

    /** One table: {@code index} are the columns of its first index, empty when it has none. */
    record SchemaTable(
            String name,
            boolean root,
            boolean singleton,
            List<String> index,
            List<SchemaColumn> columns) {
        boolean has(String column) {
            return columns.stream().anyMatch(c -> c.name().equals(column));
        }
    }

    SchemaTable table(String name) {
        return tables.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "schema " + database + " has no table " + name));
    }

    static SchemaTables read(Path file) {
        JsonNode schema;
        try {
            schema = new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot read "
                            + file
                            + ": is the package ovn-common/openvswitch-common installed?",
                    e);
        }
        var tables = new ArrayList<SchemaTable>();
        schema.get("tables")
                .properties()
                .forEach(t -> tables.add(table(schema, t.getKey(), t.getValue())));
        return new SchemaTables(schema.get("name").asText(), List.copyOf(tables));
    }

    private static SchemaTable table(JsonNode schema, String name, JsonNode table) {
        var columns = new ArrayList<SchemaColumn>();
        table.get("columns")
                .properties()
                .forEach(c -> columns.add(column(schema, c.getKey(), c.getValue().get("type"))));
        var index = new ArrayList<String>();
        table.path("indexes").path(0).forEach(c -> index.add(c.asText()));
        return new SchemaTable(
                name,
                table.path("isRoot").asBoolean(false),
                table.path("maxRows").asInt(0) == 1,
                index,
                columns);
    }

    private static SchemaColumn column(JsonNode schema, String name, JsonNode type) {
        JsonNode key = type.isTextual() ? type : type.get("key");
        JsonNode value = type.path("value");
        String max = type.path("max").asText("1");
        String min = type.path("min").asText("1");
        String java = javaType(key);
        String expression = expression(key);
        String note;
        if (!value.isMissingNode()) {
            java = "Map<%s, %s>".formatted(java, javaType(value));
            expression = "ColumnType.map(%s, %s)".formatted(expression, expression(value));
            note = restriction(value);
        } else if (min.equals("0") && max.equals("1")) {
            java = "Optional<%s>".formatted(java);
            expression = "ColumnType.optional(%s)".formatted(expression);
            note = restriction(key);
        } else if (!max.equals("1")) {
            java = "Set<%s>".formatted(java);
            expression = "ColumnType.set(%s)".formatted(expression);
            note = join(min.equals("0") ? "" : "at least " + min, restriction(key));
        } else {
            note = restriction(key);
        }
        return new SchemaColumn(
                name,
                java,
                expression,
                note,
                reference(schema, value.isMissingNode() ? key : value));
    }

    private static Optional<SchemaReference> reference(JsonNode schema, JsonNode base) {
        if (!base.has("refTable")) {
            return Optional.empty();
        }
        String target = base.get("refTable").asText();
        boolean root = schema.get("tables").get(target).path("isRoot").asBoolean(false);
        boolean weak = base.path("refType").asText("strong").equals("weak");
        return Optional.of(
                new SchemaReference(target, weak ? "POINTS_TO" : root ? "REQUIRES" : "OWNS"));
    }

    private static String join(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "; " + second;
    }

    private static String restriction(JsonNode base) {
        if (base.has("refTable")) {
            return base.path("refType").asText("strong")
                    + " reference to "
                    + base.get("refTable").asText();
        }
        if (base.has("enum")) {
            var allowed = new ArrayList<String>();
            base.get("enum").path(1).forEach(v -> allowed.add(v.asText()));
            return "one of " + String.join(", ", allowed);
        }
        if (base.has("minInteger") || base.has("maxInteger")) {
            return base.path("minInteger").asText("any")
                    + " to "
                    + base.path("maxInteger").asText("any");
        }
        return "";
    }

    private static String atomic(JsonNode base) {
        return base.isTextual() ? base.asText() : base.get("type").asText();
    }

    private static String javaType(JsonNode base) {
        return switch (atomic(base)) {
            case "string" -> "String";
            case "integer" -> "Long";
            case "real" -> "Double";
            case "boolean" -> "Boolean";
            case "uuid" -> "UUID";
            case String other -> throw new IllegalStateException("unknown OVSDB type " + other);
        };
    }

    private static String expression(JsonNode base) {
        return "ColumnType." + atomic(base).toUpperCase(Locale.ROOT);
    }
}
