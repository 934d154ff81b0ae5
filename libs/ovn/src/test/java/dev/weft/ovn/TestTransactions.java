package dev.weft.ovn;

import dev.weft.ovsdb.Transaction;
import java.util.List;
import java.util.Optional;

/** Lets tests in other packages turn change sets into transactions. */
public final class TestTransactions {
    private TestTransactions() {}

    /** The transaction that carries out these changes. */
    public static Transaction of(ChangeSet... changes) {
        return TransactionWriter.write(List.of(changes), Optional.empty());
    }
}
