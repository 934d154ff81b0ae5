package dev.weft.cni.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The native executable that {@code weft.native.cni} names; runs only where it is given. */
class NativeCniIT extends CniProgram {

    @Override
    List<String> command() {
        return List.of(System.getProperty("weft.native.cni"));
    }

    /** It starts so fast that each can be a process of its own. */
    @Test
    void everyWrongCallIsRefusedWithTheErrorThatTheSpecificationHasForIt() {
        var wrong = WrongCall.all(daemon);
        assertThat(wrong).hasSizeGreaterThan(200);
        wrong.forEach(each -> each.assertRefused(each.call().by(command())));
        assertThat(daemon.received()).isEmpty();
    }
}
