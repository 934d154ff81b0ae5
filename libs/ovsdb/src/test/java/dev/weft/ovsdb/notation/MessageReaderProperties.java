package dev.weft.ovsdb.notation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ovsdb.Limits;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageReaderProperties {
    private static final String U = "7c7d9a3e-0000-4000-8000-00000000000";
    private static final String STREAM =
            """
            {"id":1,"result":[{"count":1},{"uuid":["uuid","%1$s1"]}],"error":null}\
            {"id":null,"method":"update3","params":["m","t1",{"A":{"%1$s1":{"insert":{"name":"ä€𝄞\\u0041\\n"}},"%1$s2":{"delete":null}},"B":{}}]}
            {"method":"update2","id":null,"params":["m",{}]}  {"id":"echo","method":"echo","params":[]}
            {"id":2,"result":[true,"t2",{"A":{"%1$s3":{"initial":{}}}}],"error":null}
            {"id":2,"result":{"A":{"%1$s3":{"initial":{"x":[-1.5,9223372036854775807,true,null]}}}},"error":null}
            {"error":null,"result":[false,"t3",{"A":{"%1$s4":{"initial":{"n":1}}}}],"id":2}
            {"params":["m","t4",{"A":{"%1$s5":{"modify":{}}}}],"id":null,"method":"update3"}
            {"id":2,"error":{"error":"x"},"result":null}{"id":2,"result":null,"error":"unknown method"}
            {"id":3,"result":{},"error":null,"extra":{"a":[1,2]}}"""
                    .formatted(U);

    /** Writes down all that it is told. */
    private static final class Recorder implements MessageHandler {
        private final List<String> told = new ArrayList<>();

        @Override
        public boolean streams(Object requestId) {
            return requestId.equals(2L);
        }

        @Override
        public UpdateSink updates(
                @Nullable Object requestId, @Nullable String method, List<Object> header) {
            told.add("begin " + requestId + " " + method + " " + header);
            return new UpdateSink() {
                @Override
                public void row(String table, String uuid, Object update) {
                    told.add(table + " " + uuid + " " + update);
                }

                @Override
                public String toString() {
                    return "rows";
                }
            };
        }

        @Override
        public void message(Message message) {
            told.add(message.toString());
        }
    }

    private static List<String> read(byte[] bytes, int... cuts) {
        var recorder = new Recorder();
        var reader = new MessageReader(recorder, Limits.DEFAULT);
        var from = 0;
        for (var cut : cuts) {
            reader.read(bytes, from, cut);
            from = cut;
        }
        reader.read(bytes, from, bytes.length);
        return recorder.told;
    }

    @Test
    void readsTheSameWhereverTheStreamIsCutInTwo() {
        var bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        var whole = read(bytes);
        assertThat(whole)
                .hasSize(11 + 6 + 6)
                .contains("begin 2 null [true, t2]", "begin null update3 [m, t4]");
        for (var cut = 0; cut <= bytes.length; cut++) {
            assertThat(read(bytes, cut)).isEqualTo(whole);
        }
    }

    @Test
    void readsTheSameByteByByte() {
        var bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        var cuts = new int[bytes.length];
        for (var i = 0; i < cuts.length; i++) {
            cuts[i] = i;
        }
        assertThat(read(bytes, cuts)).isEqualTo(read(bytes));
    }

    /**
     * One byte is another: the stream is read, or refused with a protocol error, and nothing else
     * happens.
     */
    @Property(tries = 3000)
    void takesAnyDamageAsDataOrAsAProtocolError(@ForAll Random random) {
        var bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        for (var i = 0; i <= random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        try {
            assertThat(read(bytes)).isNotNull();
        } catch (ProtocolError e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property(tries = 200)
    void takesPureNoiseAsAProtocolErrorOrNothing(@ForAll byte[] noise) {
        try {
            assertThat(read(noise)).isEmpty();
        } catch (ProtocolError e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
