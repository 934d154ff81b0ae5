package dev.weft.ovsdb.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PersistentMapProperties {
    /** A key whose hash is as bad as wanted. */
    record Key(int id, int hash) {
        @Override
        public int hashCode() {
            return hash;
        }
    }

    record Step(Key key, int value, boolean put) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        var keys =
                Combinators.combine(
                                Arbitraries.integers().between(0, 60),
                                Arbitraries.of(0, 1, 32, 33, 1 << 30, -1, 77777))
                        .as((id, hash) -> new Key(id, id % 3 == 0 ? hash : id * 0x9E3779B9));
        return Combinators.combine(
                        keys,
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(true, true, false))
                .as(Step::new)
                .list()
                .ofMaxSize(200);
    }

    @Property
    void behavesAsAMapAndLeavesEveryFormerStateAsItWas(@ForAll("steps") List<Step> steps) {
        var expected = new HashMap<Key, Integer>();
        var map = PersistentMap.<Key, Integer>empty();
        var half = map;
        var expectedHalf = Map.<Key, Integer>of();
        for (var i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            if (step.put()) {
                expected.put(step.key(), step.value());
                map = map.with(step.key(), step.value());
            } else {
                expected.remove(step.key());
                map = map.without(step.key());
            }
            assertThat(map.size()).isEqualTo(expected.size());
            assertThat(map.get(step.key())).isEqualTo(expected.get(step.key()));
            if (i == steps.size() / 2) {
                half = map;
                expectedHalf = Map.copyOf(expected);
            }
        }
        assertThat((Object) map).isEqualTo(expected);
        assertThat(new HashMap<>(map)).isEqualTo(expected);
        assertThat(new HashMap<>(half)).isEqualTo(expectedHalf);

        var gone = new HashSet<>(expectedHalf.keySet());
        gone.removeAll(expected.keySet());
        var come = new HashSet<>(expected.keySet());
        come.removeAll(expectedHalf.keySet());
        var toldGone = new ArrayList<Key>();
        var toldCome = new ArrayList<Key>();
        PersistentMap.differentKeys(half, map, toldGone::add, toldCome::add);
        assertThat(toldGone).containsExactlyInAnyOrderElementsOf(gone);
        assertThat(toldCome).containsExactlyInAnyOrderElementsOf(come);
    }

    @Property
    void theDifferenceOfTwoSetsIsWhatOnlyOneOfThemHas(
            @ForAll Set<Integer> before, @ForAll Set<Integer> after) {
        var gone = new HashSet<Integer>();
        var come = new HashSet<Integer>();
        Compact.difference(Compact.set(before), Compact.set(after), gone::add, come::add);
        assertThat(gone).allMatch(element -> before.contains(element) && !after.contains(element));
        assertThat(come).allMatch(element -> after.contains(element) && !before.contains(element));
        var result = new HashSet<>(before);
        result.removeAll(gone);
        result.addAll(come);
        assertThat(result).isEqualTo(after);
    }

    @Property
    void aSetAfterTheDifferenceToAnotherIsTheOther(
            @ForAll Set<Integer> before, @ForAll Set<Integer> after) {
        var difference = new HashSet<>(before);
        difference.addAll(after);
        difference.removeIf(element -> before.contains(element) && after.contains(element));
        assertThat(Compact.toggled(Compact.set(before), Compact.set(difference))).isEqualTo(after);
    }

    @Property
    void aMapAfterTheDifferenceToAnotherIsTheOther(
            @ForAll Map<Integer, Boolean> before, @ForAll Map<Integer, Boolean> after) {
        var difference = new HashMap<Integer, Boolean>();
        before.forEach(
                (key, value) -> {
                    if (!after.containsKey(key)) {
                        difference.put(key, value);
                    }
                });
        after.forEach(
                (key, value) -> {
                    if (!value.equals(before.get(key))) {
                        difference.put(key, value);
                    }
                });
        assertThat(Compact.toggled(Compact.map(before), Compact.map(difference))).isEqualTo(after);
    }
}
