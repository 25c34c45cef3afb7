package org.schedlab.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the sources of a policy in memory; no file is written. */
final class PolicyCompiler {
  private PolicyCompiler() {}

  /** Keeps what the compiler writes. */
  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();

    Memory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/')), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          classes.put(name, bytes);
          return bytes;
        }
      };
    }
  }

  /**
   * Compiles.
   *
   * @param sources the files; classes that they use are looked for beside the first
   * @return the classes by their binary names
   * @throws BadPolicyException with all errors, each as {@code FILE:LINE:COLUMN: message}
   */
  static Map<String, byte[]> compile(List<Path> sources) throws BadPolicyException, IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new BadPolicyException(
          sources.get(0)
              + ": this Java has no compiler ("
              + System.getProperty("java.home")
              + "); set JAVA_HOME to a JDK, or compile the policy elsewhere and give its .jar");
    }
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    Path folder = sources.get(0).toAbsolutePath().getParent();
    List<String> options =
        List.of(
            "-proc:none",
            "-g",
            "-Xlint:none",
            "-encoding",
            "UTF-8",
            "-classpath",
            System.getProperty("java.class.path"),
            "-sourcepath",
            folder.toString());
    try (StandardJavaFileManager files =
            compiler.getStandardFileManager(problems, Locale.ROOT, StandardCharsets.UTF_8);
        Memory memory = new Memory(files)) {
      boolean compiled =
          compiler
              .getTask(
                  null, memory, problems, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled) {
        throw new BadPolicyException(errors(problems.getDiagnostics(), folder, sources.get(0)));
      }
      Map<String, byte[]> classes = new TreeMap<>();
      memory.classes.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes;
    }
  }

  private static List<String> errors(
      List<Diagnostic<? extends JavaFileObject>> problems, Path folder, Path first) {
    Path shown = first.getParent();
    List<String> lines = new ArrayList<>();
    for (Diagnostic<? extends JavaFileObject> problem : problems) {
      if (problem.getKind() == Diagnostic.Kind.ERROR) {
        String file = first.toString();
        if (problem.getSource() != null) {
          // As the user named it, and not where that leads on this machine.
          Path source = Path.of(problem.getSource().getName()).toAbsolutePath();
          Path within = source.startsWith(folder) ? folder.relativize(source) : source;
          file = (shown == null ? within : shown.resolve(within)).toString();
        }
        String place =
            problem.getLineNumber() == Diagnostic.NOPOS
                ? ""
                : ":" + problem.getLineNumber() + ":" + problem.getColumnNumber();
        lines.add(file + place + ": " + problem.getMessage(Locale.ROOT));
      }
    }
    return lines;
  }
}
