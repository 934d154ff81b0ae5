package dev.weft.ipam.ledger;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** A row of table {@code outbox}: a message that the broker has not taken yet. */
@Entity
@Table(name = "outbox")
@NullUnmarked // filled by Hibernate
public class OutboxRow {
    @Id long position;
    String key;
    String object;

    /** For Hibernate. */
    protected OutboxRow() {}

    OutboxRow(OutboxMessage message) {
        position = message.position();
        key = message.key();
        object = message.object();
    }

    OutboxMessage toMessage() {
        return new OutboxMessage(position, key, object);
    }
}
