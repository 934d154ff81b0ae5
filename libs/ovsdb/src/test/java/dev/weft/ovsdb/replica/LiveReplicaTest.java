package dev.weft.ovsdb.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ovsdb.AtomType;
import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import dev.weft.ovsdb.DatabaseSchema;
import dev.weft.ovsdb.DatabaseSchema.ColumnSchema;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import dev.weft.ovsdb.ReplicaChange;
import dev.weft.ovsdb.notation.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LiveReplicaTest {
    private static final Column<String> NAME = new Column<>("T", "name", ColumnType.STRING);
    private static final Column<Set<Long>> TAGS =
            new Column<>("T", "tags", ColumnType.set(ColumnType.INTEGER));
    private static final Column<Optional<Long>> ONE =
            new Column<>("T", "one", ColumnType.optional(ColumnType.INTEGER));
    private static final Column<Map<String, String>> IDS =
            new Column<>("T", "ids", ColumnType.map(ColumnType.STRING, ColumnType.STRING));
    private static final DatabaseSchema SCHEMA =
            new DatabaseSchema(
                    "D",
                    "1.0.0",
                    Map.of(
                            "T",
                            new DatabaseSchema.Table(
                                    Map.of(
                                            "name",
                                                    new ColumnSchema(
                                                            AtomType.STRING, null, 1, 1, true),
                                            "tags",
                                                    new ColumnSchema(
                                                            AtomType.INTEGER,
                                                            null,
                                                            0,
                                                            Long.MAX_VALUE,
                                                            true),
                                            "one",
                                                    new ColumnSchema(
                                                            AtomType.INTEGER, null, 0, 1, true),
                                            "ids",
                                                    new ColumnSchema(
                                                            AtomType.STRING,
                                                            AtomType.STRING,
                                                            0,
                                                            Long.MAX_VALUE,
                                                            true)),
                                    List.of())));

    private final LiveReplica replica =
            new LiveReplica(
                    MonitorSpec.builder()
                            .table("T", NAME, TAGS, ONE, IDS)
                            .index(NAME)
                            .indexMembers(TAGS)
                            .indexEntry(IDS, "owner")
                            .build(),
                    () -> {});
    private final List<ReplicaChange> changes = new ArrayList<>();

    LiveReplicaTest() {
        replica.fit(SCHEMA);
        replica.listen(changes::add);
    }

    private static UUID uuid(int i) {
        return new UUID(0, i);
    }

    private void take(boolean contents, String... rowUpdates) {
        var batch = replica.begin(contents);
        for (var i = 0; i < rowUpdates.length; i += 2) {
            batch.row(
                    "T",
                    uuid(Integer.parseInt(rowUpdates[i])).toString(),
                    JsonTree.parse(rowUpdates[i + 1].replace('\'', '"')));
        }
        replica.commit(batch);
    }

    @Test
    void fillsColumnsThatAreLeftOutWithDefaults() {
        take(true, "1", "{'initial':{}}");
        var row = replica.view().row("T", uuid(1)).orElseThrow();
        assertThat(row.get(NAME)).isEmpty();
        assertThat(row.get(TAGS)).isEmpty();
        assertThat(row.get(ONE)).isEmpty();
        assertThat(row.get(IDS)).isEmpty();
        assertThat(row.get(Column.uuid("T"))).isEqualTo(uuid(1));
    }

    @Test
    void appliesDifferencesToSetsAndMapsAndReplacesTheRest() {
        take(
                true,
                "1",
                "{'initial':{'name':'a','tags':['set',[1,2]],'one':5,'ids':['map',[['k','v'],['l','w']]]}}");
        take(
                false,
                "1",
                "{'modify':{'name':'b','tags':['set',[2,3]],'one':['set',[]],'ids':['map',[['k','v'],['l','x'],['m','n']]]}}");
        var row = replica.view().find(NAME, "b").getFirst();
        assertThat(row.get(TAGS)).containsExactlyInAnyOrder(1L, 3L);
        assertThat(row.get(ONE)).isEmpty();
        assertThat(row.get(IDS)).isEqualTo(Map.of("l", "x", "m", "n"));
        assertThat(replica.view().find(NAME, "a")).isEmpty();
    }

    @Test
    void findsTheRowsThatHoldAMember() {
        take(
                true,
                "1",
                "{'initial':{'name':'a','tags':['set',[1,2]]}}",
                "2",
                "{'initial':{'name':'b','tags':['set',[2,3]]}}");
        assertThat(names(1)).containsExactly("a");
        assertThat(names(2)).containsExactlyInAnyOrder("a", "b");

        take(false, "1", "{'modify':{'tags':['set',[2,4]]}}", "2", "{'modify':{'name':'c'}}");
        assertThat(names(2)).containsExactly("c");
        assertThat(names(4)).containsExactly("a");

        take(false, "1", "{'delete':null}");
        assertThat(names(4)).isEmpty();
        take(true, "3", "{'initial':{'name':'d','tags':3}}");
        assertThat(names(3)).containsExactly("d");
    }

    private List<String> names(long member) {
        return replica.view().findByMember(TAGS, member).stream()
                .map(row -> row.get(NAME))
                .toList();
    }

    @Test
    void understandsTheUpdatesOfTheRfc() {
        take(true, "1", "{'new':{'name':'a','tags':['set',[1,2]]}}", "2", "{'new':{'name':'b'}}");
        take(
                false,
                "1",
                "{'old':{'tags':['set',[1,2]]},'new':{'name':'a','tags':7}}",
                "2",
                "{'old':{'name':'b'}}");
        assertThat(replica.view().find(NAME, "a").getFirst().get(TAGS)).containsExactly(7L);
        assertThat(replica.view().rows("T")).hasSize(1);
    }

    @Test
    void showsNothingOfAMessageThatIsNotComplete() {
        take(true, "1", "{'initial':{'name':'a'}}");
        var batch = replica.begin(false);
        batch.row("T", uuid(2).toString(), JsonTree.parse("{\"insert\":{\"name\":\"b\"}}"));
        assertThat(replica.view().rows("T")).hasSize(1);
        assertThat(changes).hasSize(1);
        replica.commit(batch);
        assertThat(replica.view().rows("T")).hasSize(2);
    }

    @Test
    void tellsOnlyTheDifferenceWhenContentsAreLoadedAgain() {
        take(
                true,
                "1",
                "{'initial':{'name':'stays'}}",
                "2",
                "{'initial':{'name':'changes'}}",
                "3",
                "{'initial':{'name':'goes'}}");
        var stays = replica.view().row("T", uuid(1)).orElseThrow();
        changes.clear();
        take(
                true,
                "1",
                "{'initial':{'name':'stays'}}",
                "2",
                "{'initial':{'name':'changed'}}",
                "4",
                "{'initial':{'name':'comes'}}");
        assertThat(changes).hasSize(1);
        assertThat(changes.getFirst().reset()).isTrue();
        assertThat(changes.getFirst().rows())
                .extracting(change -> change.uuid().getLeastSignificantBits())
                .containsExactlyInAnyOrder(2L, 3L, 4L);
        assertThat(replica.view().row("T", uuid(1)).orElseThrow()).isSameAs(stays);
        assertThat(replica.view().find(NAME, "goes")).isEmpty();
        assertThat(replica.view().find(NAME, "comes")).hasSize(1);
    }

    @Test
    void findsAllRowsThatShareAnIndexedValue() {
        take(true);
        for (var i = 1; i <= 30; i++) {
            take(
                    false,
                    "" + i,
                    "{'insert':{'name':'n%d','ids':['map',[['owner','o%d']]]}}"
                            .formatted(i, i % 3));
        }
        assertThat(replica.view().findByMapEntry(IDS, "owner", "o1")).hasSize(10);
        for (var i = 1; i <= 30; i++) {
            take(
                    false,
                    "" + i,
                    i % 2 == 0 ? "{'delete':null}" : "{'modify':{'ids':['map',[['owner','p']]]}}");
        }
        assertThat(replica.view().findByMapEntry(IDS, "owner", "o1")).isEmpty();
        assertThat(replica.view().findByMapEntry(IDS, "owner", "p")).hasSize(15);
        assertThat(replica.view().find(NAME, "n1")).hasSize(1);
        assertThat(replica.view().find(NAME, "n2")).isEmpty();
    }

    @Test
    void survivesAListenerThatFails() {
        replica.listen(
                _ -> {
                    throw new IllegalStateException("a listener's own fault (this test wants it)");
                });
        replica.listen(changes::add);
        take(true, "1", "{'initial':{}}");
        assertThat(changes).hasSize(2);
    }

    @Test
    void refusesUpdatesThatCannotBe() {
        take(true, "1", "{'initial':{'name':'a'}}");
        for (var update :
                List.of(
                        "{'modify':{'name':'x'}}",
                        "{'delete':null}",
                        "{'old':{}}",
                        "{}",
                        "7",
                        "{'insert':7}",
                        "{'insert':{'name':7}}")) {
            assertThatThrownBy(() -> take(false, "9", update)).isInstanceOf(ProtocolError.class);
        }
        assertThatThrownBy(() -> replica.begin(false).row("U", uuid(1).toString(), Map.of()))
                .isInstanceOf(ProtocolError.class);
        assertThatThrownBy(() -> replica.begin(false).row("T", "no uuid", Map.of()))
                .isInstanceOf(ProtocolError.class);
        assertThat(replica.view().rows("T")).hasSize(1);
    }

    @Test
    void saysWhyAColumnOrAnIndexIsNotThere() {
        take(true, "1", "{'initial':{'name':'a'}}");
        var row = replica.view().row("T", uuid(1)).orElseThrow();
        assertThatThrownBy(() -> row.get(new Column<>("T", "other", ColumnType.STRING)))
                .hasMessage("column T.other was not asked for");
        assertThatThrownBy(() -> row.get(new Column<>("T", "name", ColumnType.INTEGER)))
                .hasMessage("column T.name was asked for as string, not as integer");
        assertThatThrownBy(() -> row.get(new Column<>("U", "name", ColumnType.STRING)))
                .hasMessage("column U.name read from a row of T");
        assertThatThrownBy(() -> replica.view().find(TAGS, Set.of()))
                .hasMessage("no index on column T.tags");
        assertThatThrownBy(() -> replica.view().findByMapEntry(IDS, "k", "v"))
                .hasMessage("no index on column T.ids, key k");
        assertThatThrownBy(() -> replica.view().rows("U")).hasMessage("table U was not asked for");
    }
}
