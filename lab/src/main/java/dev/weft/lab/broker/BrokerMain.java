package dev.weft.lab.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/**
 * The broker's process: AMQP 1.0 on loopback with a journal on disk, so that it may be killed like
 * any other part.
 *
 * <p>Arguments: port, control port, folder. The password of user {@code weft} is in {@code
 * WEFT_BROKER_PASSWORD}.
 */
public final class BrokerMain {
    /** The user that every service logs in as. */
    public static final String USER = "weft";

    /**
     * Artemis tells its audit log of every message that is sent, delivered and acknowledged, which
     * costs more than the messages do. Held here, since loggers that nobody holds forget their
     * level.
     */
    private static final Logger AUDIT = Logger.getLogger("org.apache.activemq.audit");

    private BrokerMain() {}

    /** Starts the broker and its control port, and runs until it is killed. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int controlPort = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[2]);
        String password =
                Objects.requireNonNull(
                        System.getenv("WEFT_BROKER_PASSWORD"), "WEFT_BROKER_PASSWORD is not set");
        EmbeddedActiveMQ broker = start(port, folder, password);
        MistreatingPlugin plugin = new MistreatingPlugin(broker.getActiveMQServer());
        broker.getActiveMQServer().registerBrokerPlugin(plugin);
        new ControlPort(controlPort, plugin).start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker)));
        Thread.currentThread().join();
    }

    static EmbeddedActiveMQ start(int port, Path folder, String password) throws Exception {
        AUDIT.setLevel(Level.WARNING);
        SecurityConfiguration users = new SecurityConfiguration();
        users.addUser(USER, password);
        users.addRole(USER, USER);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration(port, folder));
        broker.setSecurityManager(
                new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
        return broker.start();
    }

    private static Configuration configuration(int port, Path folder) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setName("weft-lab")
                .setPersistenceEnabled(true)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(1 << 20)
                .setJournalMinFiles(2)
                // survives the death of the process, though not of the machine: the lab does not
                // either
                .setJournalDatasync(false)
                // no waiting for further messages to write with one: a message is on its way in
                // tenths of a millisecond rather than in the 3.3 ms of the timer
                .setJournalBufferTimeout_NIO(0)
                .setJMXManagementEnabled(false)
                .setSecurityEnabled(true)
                .setMaxDiskUsage(-1)
                .setThreadPoolMaxSize(8)
                .setScheduledThreadPoolMaxSize(2)
                .addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + port + "?protocols=AMQP");
        Role role =
                new Role(
                        USER, true, true, true, true, true, true, true, true, true, true, false,
                        false);
        configuration.putSecurityRoles("#", Set.of(role));
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setDefaultAddressRoutingType(RoutingType.MULTICAST)
                        .setDefaultQueueRoutingType(RoutingType.MULTICAST)
                        .setAutoCreateAddresses(true)
                        .setAutoCreateQueues(true)
                        .setAutoDeleteAddresses(false)
                        // a queue stands for a service, which may be away for long
                        .setAutoDeleteQueues(false)
                        .setAutoDeleteCreatedQueues(false)
                        .setMaxDeliveryAttempts(-1));
        return configuration;
    }

    private static void stop(EmbeddedActiveMQ broker) {
        try {
            broker.stop();
        } catch (Exception e) {
            System.err.println("broker: " + new IOException("stopped with an error", e));
        }
    }
}
