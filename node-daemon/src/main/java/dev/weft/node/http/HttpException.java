package dev.weft.node.http;

/** A request that is not served: the status to answer with, and why. */
public final class HttpException extends Exception {
    private final int status;

    public HttpException(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
