package hub.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/**
 * The servers' executables, unpacked once per version from the libraries that carry them.
 *
 * <p>They lie in the user's cache directory, or in the data directory where that cannot be written or executed. The
 * folder's name holds the checksum of what was unpacked; it appears as a whole or not at all.
 */
final class Binaries {

    private static final Logger LOG = LoggerFactory.getLogger(Binaries.class);

    private interface Unpacking {
        void into(Path folder, InputStream packed) throws IOException;
    }

    private final List<Path> places;

    Binaries(Path fallback) {
        this.places =
                Stream.concat(UserCache.folder().stream(), Stream.of(fallback)).toList();
    }

    /**
     * The folder that holds {@code bin}, {@code lib} and {@code share} of PostgreSQL.
     *
     * @throws EmbeddedServerException if there are none for this platform, or they cannot be unpacked
     */
    Path postgres() {
        String platform = operatingSystem() + "-" + architecture();
        return Stream.of("postgres-" + platform + ".txz", "postgres-" + platform + "-alpine_linux.txz")
                .map(name -> Binaries.class.getResource("/" + name))
                .filter(Objects::nonNull)
                .findFirst()
                .map(packed -> unpacked("postgres", packed, "bin/postgres", Binaries::unpackArchive))
                .orElseThrow(() -> new EmbeddedServerException(
                        "There are no PostgreSQL binaries for " + platform + " in this build of the hub",
                        "Build with the io.zonky.test.postgres artifact of this platform (-Dpostgres.binaries=…), or set"
                                + " hub.embedded.postgres=false and spring.datasource.url."));
    }

    /** The executable of Redis. @throws EmbeddedServerException as for {@link #postgres()} */
    Path redis() {
        return Optional.ofNullable(redisResource())
                .map(packed -> unpacked("redis", packed, "redis-server", (folder, in) -> {
                    Path server = folder.resolve("redis-server");
                    Files.copy(in, server);
                    makeExecutable(server);
                }))
                .orElseThrow(() -> new EmbeddedServerException(
                        "There is no Redis binary for " + operatingSystem() + "-" + architecture()
                                + " in this build of the hub",
                        "Set hub.embedded.redis=false and spring.data.redis.host and port."))
                .resolve("redis-server");
    }

    private static @Nullable URL redisResource() {
        // The library would run uname to find out.
        OsArchitecture platform = switch (operatingSystem() + "-" + architecture()) {
            case "linux-x86_64" -> OsArchitecture.UNIX_x86_64;
            case "linux-arm_64" -> OsArchitecture.UNIX_AARCH64;
            case "darwin-x86_64" -> OsArchitecture.MAC_OS_X_x86_64;
            case "darwin-arm_64" -> OsArchitecture.MAC_OS_X_ARM64;
            default -> null;
        };
        String name = platform == null
                ? null
                : ExecutableProvider.newProvidedVersionsMap().get(platform);
        return name == null ? null : Binaries.class.getResource(name);
    }

    private Path unpacked(String name, URL packed, String executable, Unpacking unpacking) {
        try {
            String folder = name + "-" + checksum(packed);
            for (Path place : places) {
                if (Files.isExecutable(place.resolve(folder).resolve(executable))) {
                    return place.resolve(folder);
                }
            }
            return unpack(folder, packed, executable, unpacking);
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "The " + name + " binaries cannot be unpacked into any of " + places,
                    "Make one of them writable for user " + System.getProperty("user.name")
                            + " on a file system with free space that allows execution.",
                    e);
        }
    }

    private Path unpack(String folder, URL packed, String executable, Unpacking unpacking) throws IOException {
        IOException refused = new IOException("no place allows execution");
        for (Path place : places) {
            try {
                Path home = place.resolve(folder);
                LOG.info("unpacking {} into {}", folder, place);
                UserCache.fill(home, fresh -> {
                    try (InputStream in = new BufferedInputStream(packed.openStream(), 1 << 16)) {
                        unpacking.into(fresh, in);
                    }
                });
                if (Files.isExecutable(home.resolve(executable))) {
                    return home;
                }
            } catch (IOException e) {
                refused.addSuppressed(e);
                LOG.info("{} cannot hold the binaries ({}); trying the next place", place, e.toString());
            }
        }
        throw refused;
    }

    private static void unpackArchive(Path folder, InputStream packed) throws IOException {
        try (TarArchiveInputStream archive = new TarArchiveInputStream(new XZInputStream(packed))) {
            TarArchiveEntry entry;
            while ((entry = archive.getNextEntry()) != null) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(archive, file);
                    if ((entry.getMode() & 0100) != 0) {
                        makeExecutable(file);
                    }
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException("the archive names a file twice", e);
        }
    }

    private static void makeExecutable(Path file) throws IOException {
        if (!file.toFile().setExecutable(true, false)) {
            throw new IOException(file + " cannot be made executable");
        }
    }

    /** CRC-32 from the library's own directory, so that 15 MB need not be read at each start. */
    private static String checksum(URL packed) throws IOException {
        URLConnection connection = packed.openConnection();
        long sum = connection instanceof JarURLConnection jar
                ? jar.getJarEntry().getCrc()
                : connection.getContentLengthLong();
        return String.format(Locale.ROOT, "%08x", sum);
    }

    private static String operatingSystem() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : name;
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> name;
        };
    }
}
