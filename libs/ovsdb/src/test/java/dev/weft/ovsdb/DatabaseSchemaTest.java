package dev.weft.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ovsdb.notation.JsonTree;
import dev.weft.ovsdb.notation.SchemaReader;
import dev.weft.ovsdb.testing.OvsdbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseSchemaTest {
    private static DatabaseSchema northbound() throws IOException {
        return SchemaReader.read(JsonTree.parse(Files.readString(OvsdbServer.NORTHBOUND)));
    }

    @Test
    void readsTheSchemasOfOvnAndOpenVSwitch() throws IOException {
        var schema = northbound();
        assertThat(schema.name()).isEqualTo("OVN_Northbound");
        assertThat(schema.tables().get("Logical_Switch_Port").indexes())
                .containsExactly(List.of("name"));
        var tag = schema.column("Logical_Switch_Port", "tag").orElseThrow();
        assertThat(tag)
                .isEqualTo(new DatabaseSchema.ColumnSchema(AtomType.INTEGER, null, 0, 1, true));
        assertThat(tag.isComposite()).isFalse();
        assertThat(schema.column("Logical_Switch", "external_ids").orElseThrow())
                .hasToString("0 to unlimited of string to string");
        for (var file : List.of(OvsdbServer.SOUTHBOUND, OvsdbServer.OPEN_VSWITCH)) {
            assertThat(SchemaReader.read(JsonTree.parse(Files.readString(file))).tables())
                    .isNotEmpty();
        }
    }

    @Test
    void fitsOnlyTypesThatCanHoldEveryValue() throws IOException {
        var tag = northbound().column("Logical_Switch_Port", "tag").orElseThrow();
        assertThat(tag.fits(ColumnType.optional(ColumnType.INTEGER))).isTrue();
        assertThat(tag.fits(ColumnType.set(ColumnType.INTEGER))).isTrue();
        assertThat(tag.fits(ColumnType.INTEGER)).isFalse();
        assertThat(tag.fits(ColumnType.optional(ColumnType.STRING))).isFalse();
    }

    @Test
    void toleratesMissingOptionalColumnsButNoWrongTypes() throws IOException {
        var schema = northbound();
        var missing = new Column<>("Logical_Switch", "future", ColumnType.STRING);
        var wrong = new Column<>("Logical_Switch", "ports", ColumnType.STRING);
        schema.check(SchemaRequirements.NONE.withOptional(missing));
        assertThatThrownBy(() -> schema.check(SchemaRequirements.NONE.withOptional(wrong)))
                .isInstanceOf(OvsdbException.SchemaMismatch.class)
                .hasMessageContaining(
                        "Logical_Switch.ports is 0 to unlimited of uuid, we need string");
    }

    @Test
    void refusesWhatIsNoSchema() {
        for (var json :
                List.of(
                        "{}",
                        "[]",
                        "{\"tables\":7}",
                        "{\"name\":\"x\",\"version\":\"1\",\"tables\":{\"T\":7}}",
                        "{\"name\":\"x\",\"version\":\"1\",\"tables\":{\"T\":{\"columns\":{\"c\":{\"type\":{\"key\":\"string\",\"max\":\"much\"}}}}}}")) {
            assertThatThrownBy(() -> SchemaReader.read(JsonTree.parse(json)))
                    .isInstanceOf(OvsdbException.ProtocolError.class);
        }
    }
}
