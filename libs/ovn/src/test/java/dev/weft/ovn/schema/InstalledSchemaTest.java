package dev.weft.ovn.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ovn.Identity;
import dev.weft.ovn.Model;
import dev.weft.ovn.Table;
import dev.weft.ovn.nb.Northbound;
import dev.weft.ovn.ovs.Vswitch;
import dev.weft.ovn.sb.Southbound;
import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checked-in column constants say what the schemas of the installed packages say. */
class InstalledSchemaTest {
    private static final Map<String, Model> MODELS =
            Map.of("nb", Northbound.MODEL, "sb", Southbound.MODEL, "ovs", Vswitch.MODEL);

    @Test
    void everyTableOfTheGeneratorIsInItsModel() {
        for (var source : TableSource.DATABASES) {
            assertThat(model(source).tables().stream().map(Table::name))
                    .containsExactlyElementsOf(source.tables().keySet());
        }
    }

    @Test
    void everyColumnIsInTheSchemaWithItsType() {
        for (var source : TableSource.DATABASES) {
            var schema = SchemaTables.read(Path.of(source.schema()));
            for (Table table : model(source).tables()) {
                for (Column<?> column : table.columns()) {
                    var found =
                            schema.table(table.name()).columns().stream()
                                    .filter(c -> c.name().equals(column.name()))
                                    .toList();
                    assertThat(found).as(column.toString()).hasSize(1);
                    assertThat(expression(column.type()))
                            .as(column.toString())
                            .isEqualTo(found.getFirst().typeExpression());
                }
            }
        }
    }

    @Test
    void referencesNamesAndRootsAreThoseOfTheSchema() {
        for (var source : TableSource.DATABASES) {
            var schema = SchemaTables.read(Path.of(source.schema()));
            for (Table table : model(source).tables()) {
                var found = schema.table(table.name());
                assertThat(table.root()).as(table.name()).isEqualTo(found.root());
                assertThat(table.externalIds().isPresent())
                        .as(table.name())
                        .isEqualTo(found.has("external_ids"));
                if (table.identity() instanceof Identity.Named(var name, boolean unique)) {
                    assertThat(found.index()).isEqualTo(unique ? List.of(name.name()) : List.of());
                }
                assertThat(
                                table.references().stream()
                                        .map(
                                                r ->
                                                        r.column().name()
                                                                + " "
                                                                + r.kind()
                                                                + " "
                                                                + r.table()))
                        .as(table.name())
                        .containsExactlyInAnyOrderElementsOf(
                                found.columns().stream()
                                        .flatMap(
                                                c ->
                                                        c.reference().stream()
                                                                .map(
                                                                        r ->
                                                                                c.name()
                                                                                        + " "
                                                                                        + r.kind()
                                                                                        + " "
                                                                                        + r
                                                                                                .table()))
                                        .toList());
            }
        }
    }

    private static Model model(TableSource.Source source) {
        return MODELS.get(source.javaPackage());
    }

    private static String expression(ColumnType<?> type) {
        String key = "ColumnType." + type.key();
        return switch (type.shape()) {
            case SCALAR -> key;
            case OPTIONAL -> "ColumnType.optional(%s)".formatted(key);
            case SET -> "ColumnType.set(%s)".formatted(key);
            case MAP -> "ColumnType.map(%s, ColumnType.%s)".formatted(key, type.value());
        };
    }
}
