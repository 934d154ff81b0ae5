package dev.weft.ovn;

/**
 * What an {@link OvnDatabase} did since it was opened.
 *
 * @param applies desired rows handed in
 * @param unchanged those of them that needed nothing
 * @param transactions write transactions committed
 * @param refused write transactions that the database refused
 * @param owners owners whose changes those committed carried
 * @param rows rows inserted, changed in place or deleted by them
 */
public record OvnStatistics(
        long applies, long unchanged, long transactions, long refused, long owners, long rows) {}
