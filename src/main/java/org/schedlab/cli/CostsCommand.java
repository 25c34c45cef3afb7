package org.schedlab.cli;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
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
    new CostTable(profiles, console.out(), console.width()).print();
    return ExitStatus.OK;
  }

  private static Profile profile(String key) {
    return Arrays.stream(Profile.values())
        .filter(p -> p.key().equals(key))
        .findFirst()
        .orElse(null);
  }
}
