package org.schedlab.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * What a user gives as a policy: a Java file (with those beside it that it uses), a folder of them,
 * or a jar.
 *
 * @param path as the user named it
 */
record PolicyFile(Path path) {
  private static final String CLASS = ".class";

  /** Returns the name without folders: how results call the policy. */
  String name() {
    return path.toAbsolutePath().normalize().getFileName().toString();
  }

  boolean isJar() {
    return name().endsWith(".jar");
  }

  /** Returns where a source file of that name lies, as the user would name it. */
  String source(String fileName) {
    if (isJar()) {
      return path + "!" + fileName;
    }
    return path.toString().endsWith(".java")
        ? path.resolveSibling(fileName).toString()
        : path.resolve(fileName).toString();
  }

  /**
   * Returns its classes by their binary names.
   *
   * @throws BadPolicyException if there is none, or they do not compile
   */
  Map<String, byte[]> classes() throws BadPolicyException, IOException {
    if (!Files.exists(path)) {
      throw new BadPolicyException("there is no file " + path);
    }
    if (isJar()) {
      return unpacked();
    }
    if (Files.isDirectory(path)) {
      List<Path> sources = sources();
      if (sources.isEmpty()) {
        throw new BadPolicyException(path + ": there is no .java file in this folder");
      }
      return PolicyCompiler.compile(sources);
    }
    if (!name().endsWith(".java")) {
      throw new BadPolicyException(path + ": a policy is a .java file, a folder of them or a .jar");
    }
    return PolicyCompiler.compile(List.of(path));
  }

  private List<Path> sources() throws IOException {
    try (Stream<Path> found = Files.list(path)) {
      return found.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private Map<String, byte[]> unpacked() throws BadPolicyException, IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    try (JarFile jar = new JarFile(path.toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        String name = entry.getName();
        if (name.endsWith(CLASS) && !name.startsWith("META-INF/")) {
          try (InputStream in = jar.getInputStream(entry)) {
            String binary = name.substring(0, name.length() - CLASS.length()).replace('/', '.');
            classes.put(binary, in.readAllBytes());
          }
        }
      }
    } catch (java.util.zip.ZipException e) {
      throw new BadPolicyException(path + ": this is no jar: " + e.getMessage());
    }
    return classes;
  }

  /** Returns the SHA-256 of all that it consists of. */
  String digest() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<Path> parts = new ArrayList<>(Files.isDirectory(path) ? sources() : List.of(path));
      for (Path part : parts) {
        digest.update(Files.readAllBytes(part));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
