package org.schedlab.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.schedlab.cost.Cost;
import org.schedlab.cost.Profile;

/** {@code schedlab costs}: the cost profiles, each number with its source. */
final class CostsCommand implements Command {
  @Override
  public String name() {
    return "costs";
  }

  @Override
  public String arguments() {
    return "[PROFILE]";
  }

  @Override
  public String summary() {
    return "Shows the cost profiles, each number with its source.";
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public int run(CommandLine line, Console console) throws UsageException {
    List<Profile> profiles = Arrays.asList(Profile.values());
    if (!line.getArgList().isEmpty()) {
      profiles = line.getArgList().stream().map(CostsCommand::profile).toList();
      if (profiles.contains(null)) {
        throw new UsageException(
            "the profiles are "
                + String.join(", ", Arrays.stream(Profile.values()).map(Profile::key).toList()));
      }
    }
    print(profiles, console.out());
    return ExitStatus.OK;
  }

  private static Profile profile(String key) {
    return Arrays.stream(Profile.values())
        .filter(p -> p.key().equals(key))
        .findFirst()
        .orElse(null);
  }

  private static void print(List<Profile> profiles, PrintStream out) {
    for (Profile profile : profiles) {
      out.print(profile.key() + ": " + profile.meaning() + "\n");
    }
    for (Cost cost : Cost.values()) {
      out.print("\n" + cost.key() + ": " + cost.meaning() + "\n");
      for (Profile profile : profiles) {
        out.print("    " + profile.key() + ": " + value(cost, profile) + "\n");
      }
      out.print("    source: " + cost.source() + "\n");
    }
  }

  private static String value(Cost cost, Profile profile) {
    long value = cost.in(profile);
    if (value == Profile.UNLIMITED) {
      return "unlimited";
    }
    return switch (cost.unit()) {
      case NANOSECONDS -> value + " ns";
      case BYTES -> value % 1024 == 0 && value > 0 ? value / 1024 + " KiB" : value + " B";
      case COUNT -> Long.toString(value);
      case PER_SECOND -> value + " per second";
    };
  }
}
