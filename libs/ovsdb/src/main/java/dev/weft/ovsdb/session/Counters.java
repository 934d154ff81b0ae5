package dev.weft.ovsdb.session;

import java.util.concurrent.atomic.AtomicLong;

/** What a client counts; written on the event loop, read from any thread. */
final class Counters {
    final AtomicLong connects = new AtomicLong();
    final AtomicLong transactions = new AtomicLong();
    final AtomicLong writes = new AtomicLong();
    final AtomicLong failures = new AtomicLong();
    final AtomicLong rows = new AtomicLong();
    final AtomicLong resumes = new AtomicLong();
    final AtomicLong reloads = new AtomicLong();
}
