package dev.weft.ovsdb.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ovsdb.Limits;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
    private int rows;
    private int messages;
    private final MessageReader reader =
            new MessageReader(
                    new MessageHandler() {
                        @Override
                        public boolean streams(Object requestId) {
                            return true;
                        }

                        @Override
                        public UpdateSink updates(
                                @Nullable Object requestId,
                                @Nullable String method,
                                List<Object> header) {
                            return (_, _, _) -> rows++;
                        }

                        @Override
                        public void message(Message message) {
                            messages++;
                        }
                    },
                    new Limits(1, 1, 100_000, 1_000));

    private void read(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        for (var from = 0; from < bytes.length; from += 100) {
            reader.read(bytes, from, Math.min(from + 100, bytes.length));
        }
    }

    private static String row(int i, int size) {
        return "\"%08d-0000-0000-0000-000000000000\":{\"initial\":{\"name\":\"%s\"}}"
                .formatted(i, "x".repeat(size));
    }

    @Test
    void streamsAMessageThatIsBiggerThanAnyValueMayBe() {
        read("{\"id\":1,\"result\":[false,\"t\",{\"T\":{" + row(0, 10));
        for (var i = 1; i < 500; i++) {
            read("," + row(i, 100));
        }
        read("}}],\"error\":null}");
        assertThat(rows).isEqualTo(500);
        assertThat(messages).isOne();
    }

    @Test
    void refusesARowBiggerThanTheLimit() {
        assertThatThrownBy(() -> read("{\"id\":1,\"result\":{\"T\":{" + row(0, 2000)))
                .isInstanceOf(ProtocolError.class)
                .hasMessage("a value of more than 1000 bytes");
    }

    @Test
    void refusesAMessageBiggerThanTheLimit() {
        assertThatThrownBy(
                        () -> {
                            read("{\"id\":1,\"result\":{\"T\":{" + row(0, 10));
                            for (var i = 1; i < 2000; i++) {
                                read("," + row(i, 10));
                            }
                        })
                .isInstanceOf(ProtocolError.class)
                .hasMessage("a message of more than 100000 bytes");
    }

    @Test
    void refusesASkippedMemberBiggerThanTheLimit() {
        assertThatThrownBy(() -> read("{\"id\":1,\"unknown\":[" + "1,".repeat(1000)))
                .isInstanceOf(ProtocolError.class)
                .hasMessage("a value of more than 1000 bytes");
    }
}
