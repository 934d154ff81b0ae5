package dev.weft.ovsdb.notation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ovsdb.OvsdbException.ProtocolError;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NotationProperties {
    @Provide
    Arbitrary<Values.Typed> typed() {
        return Values.typed();
    }

    @Provide
    Arbitrary<String> jsonLike() {
        return Arbitraries.strings().withChars("[]{}\",:set map uuid 0129.-e").ofMaxLength(40);
    }

    @Property
    void aValueSurvivesTheWayThroughJson(@ForAll("typed") Values.Typed typed) {
        var json = Json.write(out -> typed.type().encode(out, typed.value()));
        assertThat((Object) typed.type().decode(JsonTree.parse(json), new ValueInterner(64)))
                .isEqualTo(typed.value());
    }

    @Property
    void aTreeSurvivesTheWayThroughJson(@ForAll("typed") Values.Typed typed) {
        var json = Json.write(out -> typed.type().encode(out, typed.value()));
        var again = Json.write(out -> Json.writeTree(out, JsonTree.parse(json)));
        assertThat(again).isEqualTo(json);
    }

    /**
     * Whatever is sent for a column, it is a value of the type or a protocol error, nothing else.
     */
    @Property
    void aWrongValueIsAProtocolError(
            @ForAll("typed") Values.Typed type, @ForAll("typed") Values.Typed other) {
        var json = JsonTree.parse(Json.write(out -> other.type().encode(out, other.value())));
        try {
            Object decoded = type.type().decode(json, new ValueInterner(64));
            assertThat(decoded.getClass().getSimpleName()).isNotNull();
        } catch (ProtocolError e) {
            assertThat(e).hasMessageContaining("expected");
        }
    }

    @Property
    void anyTextIsJsonOrAProtocolError(@ForAll("jsonLike") String text) {
        try {
            assertThat(JsonTree.parse(text)).isNotNull();
        } catch (ProtocolError e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
