package dev.weft.ovsdb.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbException.TransactionFailed;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.TransactionResult;
import dev.weft.ovsdb.notation.JsonTree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionReplyTest {
    private static final Transaction TWO =
            new Transaction().insert("T", null, Map.of()).delete("T", List.of());

    private static TransactionResult read(String json) {
        return TransactionReply.read(TWO.operations(), JsonTree.parse(json));
    }

    @ParameterizedTest
    @CsvSource({
        "constraint violation,ConstraintViolation",
        "referential integrity violation,ReferentialIntegrityViolation",
        "not owner,NotOwner",
        "timed out,TimedOut",
        "resources exhausted,ResourcesExhausted",
        "I/O error,IoError",
        "aborted,Aborted",
        "not supported,NotSupported",
        "domain error,DomainError",
        "range error,RangeError",
        "duplicate uuid-name,DuplicateUuidName",
        "syntax error,SyntaxError",
        "permission error,PermissionDenied",
        "cluster error,ClusterError",
        "something new,OtherError"
    })
    void givesEachErrorItsType(String word, String type) {
        assertThatThrownBy(
                        () ->
                                read(
                                        "[{\"uuid\":[\"uuid\",\""
                                                + "0".repeat(8)
                                                + "-0000-0000-0000-000000000000\"]},{\"error\":\""
                                                + word
                                                + "\",\"details\":\"because\"}]"))
                .isInstanceOfSatisfying(
                        TransactionFailed.class,
                        e -> {
                            assertThat(e.getClass().getSimpleName()).isEqualTo(type);
                            assertThat(e.operation()).isOne();
                            assertThat(e.details()).isEqualTo("because");
                            assertThat(e).hasMessage("operation 1: " + word + ": because");
                        });
    }

    @Test
    void tellsAFailedCommitFromAFailedOperation() {
        assertThatThrownBy(() -> read("[{},{},{\"error\":\"constraint violation\"}]"))
                .isInstanceOfSatisfying(
                        OvsdbException.ConstraintViolation.class,
                        e -> assertThat(e.operation()).isEqualTo(-1))
                .hasMessage("commit: constraint violation");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "[]",
                "[{},{}]",
                "[null,null]",
                "[7,8]",
                "\"x\"",
                "[{\"uuid\":7},{\"count\":1}]"
            })
    void refusesAReplyThatDoesNotAnswerTheOperations(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(OvsdbException.ProtocolError.class);
    }
}
