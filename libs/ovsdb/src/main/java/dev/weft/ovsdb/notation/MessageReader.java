package dev.weft.ovsdb.notation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import dev.weft.ovsdb.Limits;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into messages and reads them as they come, in whatever pieces. Table updates
 * go row by row to an {@link UpdateSink}, so that a dump of 100 MB is never in memory as such; all
 * else is small and read as a tree. Not thread-safe. After a {@link ProtocolError} it is of no use
 * any more.
 */
public final class MessageReader {
    /**
     * The parser remembers field names, which are UUIDs here: a fresh one is taken after so many
     * bytes.
     */
    private static final long PARSER_BYTES = 1 << 20;

    private final MessageHandler handler;
    private final Limits limits;
    private JsonParser parser = newParser();
    private @Nullable MessageBuilder message;
    private long parserBytes;
    private long messageBytes;
    private long valueBytes;

    public MessageReader(MessageHandler handler, Limits limits) {
        this.handler = handler;
        this.limits = limits;
    }

    private static JsonParser newParser() {
        try {
            return Json.FACTORY.createNonBlockingByteArrayParser();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Takes the next bytes; the array may be reused afterwards.
     *
     * @throws ProtocolError when they are not RFC 7047, or a message is too big or nested too
     *     deeply
     */
    public void read(byte[] bytes, int from, int to) {
        try {
            ((ByteArrayFeeder) parser.getNonBlockingInputFeeder()).feedInput(bytes, from, to);
            for (var token = parser.nextToken();
                    token != JsonToken.NOT_AVAILABLE;
                    token = parser.nextToken()) {
                if (token == null) {
                    throw new ProtocolError("the JSON stream ended");
                }
                accept(token);
            }
        } catch (IOException e) {
            throw new ProtocolError("not a JSON-RPC message: " + firstLine(e), e);
        }
        account(to - from);
    }

    private void accept(JsonToken token) throws IOException {
        if (message == null) {
            if (token != JsonToken.START_OBJECT) {
                throw new ProtocolError("expected a JSON object, got " + token);
            }
            message = new MessageBuilder(handler);
            messageBytes = 0;
            valueBytes = 0;
            return;
        }
        if (message.accept(token, parser)) {
            var complete = message.build();
            message = null;
            handler.message(complete);
        }
        if (message != null && message.valuesDone()) {
            valueBytes = 0;
        }
    }

    private void account(int bytes) {
        parserBytes += bytes;
        if (message == null) {
            if (parserBytes > PARSER_BYTES) {
                parser = newParser();
                parserBytes = 0;
            }
            return;
        }
        messageBytes += bytes;
        valueBytes += bytes;
        if (messageBytes > limits.messageBytes()) {
            throw new ProtocolError("a message of more than " + limits.messageBytes() + " bytes");
        }
        if (valueBytes > limits.valueBytes()) {
            throw new ProtocolError("a value of more than " + limits.valueBytes() + " bytes");
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
