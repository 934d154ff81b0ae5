package dev.weft.cni.binary;

/** The program that a container runtime executes. */
public final class Main {

    private Main() {}

    /** Takes no arguments: the specification passes everything in the environment and on stdin. */
    public static void main(String[] args) {
        // exit, not return: the deadline's thread may still be waiting
        System.exit(CniPlugin.run(System.getenv(), System.in, System.out));
    }
}
