package dev.weft.ovsdb;

/**
 * What a client did since it was opened.
 *
 * @param connects connections that became usable
 * @param transactions transact requests sent
 * @param writes those of them with an operation that can change a row
 * @param failures transact requests answered with an error
 * @param bytesSent on all connections
 * @param bytesReceived on all connections
 * @param rowsReceived rows of updates and initial contents
 * @param resumes monitors resumed after a reconnect without loading the contents again
 * @param reloads monitors whose contents were loaded as a whole
 * @param pending requests whose answer is not here
 */
public record Statistics(
        long connects,
        long transactions,
        long writes,
        long failures,
        long bytesSent,
        long bytesReceived,
        long rowsReceived,
        long resumes,
        long reloads,
        int pending) {}
