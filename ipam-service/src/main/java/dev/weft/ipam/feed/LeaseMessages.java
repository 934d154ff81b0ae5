package dev.weft.ipam.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.bus.FeedMessage;
import dev.weft.bus.Feeds;
import dev.weft.bus.Json;
import dev.weft.bus.LeaseView;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.ledger.OutboxMessage;
import java.util.UUID;

/** Leases and outbox rows as the feed {@code ipam.lease} tells of them. */
public final class LeaseMessages {

    private LeaseMessages() {}

    /** The lease as others see it. */
    public static LeaseView view(Lease lease) {
        return new LeaseView(
                lease.port(),
                lease.owner().kind().word(),
                lease.owner().namespace(),
                lease.owner().name(),
                lease.nodeName(),
                lease.vpc(),
                lease.subnet(),
                lease.addresses(),
                lease.mac().toString(),
                lease.portSecurity(),
                lease.since());
    }

    /** The lease as the message's object. */
    public static String json(Lease lease) {
        try {
            return Json.mapper().writeValueAsString(view(lease));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The row as a message. */
    public static FeedMessage message(UUID epoch, OutboxMessage row) {
        var object = row.object();
        return object == null
                ? FeedMessage.delete(Feeds.LEASE, epoch, row.position(), row.key())
                : FeedMessage.upsert(Feeds.LEASE, epoch, row.position(), row.key(), tree(object));
    }

    private static JsonNode tree(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
