package dev.weft.ovsdb;

/** Where a client is on its way to a server. */
public sealed interface ConnectionState {
    /** Trying an endpoint. */
    record Connecting(Endpoint endpoint) implements ConnectionState {}

    /** Usable: schema checked, locks asked for, monitors being brought up to date. */
    record Connected(Endpoint endpoint) implements ConnectionState {}

    /** Waiting for the next attempt; the reason of the last failure. */
    record Waiting(OvsdbException reason) implements ConnectionState {}

    /** Closed by us; final. */
    record Closed() implements ConnectionState {}
}
