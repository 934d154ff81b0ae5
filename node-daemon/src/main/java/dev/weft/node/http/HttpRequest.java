package dev.weft.node.http;

/**
 * A request that was read whole.
 *
 * @param method in upper case
 * @param path without the query
 */
public record HttpRequest(String method, String path, byte[] body) {}
