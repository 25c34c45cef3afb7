package org.schedlab.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.schedlab.scenario.InvalidScenarioException;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

/** {@code schedlab validate}: reads scenarios and runs nothing. */
final class ValidateCommand implements Command {
  private static final PathMatcher SCENARIOS =
      FileSystems.getDefault().getPathMatcher("glob:**.{yaml,yml}");

  @Override
  public String name() {
    return "validate";
  }

  @Override
  public String arguments() {
    return "PATH...";
  }

  @Override
  public String summary() {
    return "Checks scenario files, and folders of *.yaml and *.yml; runs nothing.";
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public int run(CommandLine line, Console console) throws Exception {
    if (line.getArgList().isEmpty()) {
      throw new UsageException("validate takes at least one file or folder");
    }
    int invalid = 0;
    List<Path> files = files(line.getArgList());
    for (Path file : files) {
      try {
        Scenario scenario = ScenarioReader.read(file, Overrides.NONE);
        if (scenario.comparison() != null) {
          ModelRunner.translate(file, scenario, scenario.comparison());
        }
        console.out().print(file + ": valid\n");
      } catch (IOException e) {
        invalid++;
        console.err().print("schedlab: " + FileNames.unreadable(file, e).getMessage() + "\n");
      } catch (InvalidScenarioException e) {
        invalid++;
        e.diagnostics().forEach(console::print);
      }
    }
    if (files.isEmpty()) {
      throw new UsageException("no *.yaml or *.yml in " + String.join(", ", line.getArgList()));
    }
    return invalid == 0 ? ExitStatus.OK : ExitStatus.BAD_INPUT;
  }

  /** Returns the files that paths mean: folders are searched, in the order of names. */
  private static List<Path> files(List<String> paths) throws IOException, UnusableFileException {
    List<Path> files = new ArrayList<>();
    for (String name : paths) {
      Path path = FileNames.path(name);
      if (Files.isDirectory(path)) {
        try (Stream<Path> found = Files.walk(path)) {
          found
              .filter(Files::isRegularFile)
              .filter(SCENARIOS::matches)
              .sorted()
              .forEach(files::add);
        } catch (UncheckedIOException e) {
          throw FileNames.unreadable(path, e.getCause());
        }
      } else if (Files.exists(path)) {
        files.add(path);
      } else {
        throw new NoSuchFileException(name);
      }
    }
    return files;
  }
}
