package org.schedlab.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.schedlab.cost.Profile;
import org.schedlab.scenario.yaml.Spelling;

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
      profiles = new ArrayList<>();
      for (String key : line.getArgList()) {
        profiles.add(profile(key));
      }
    }
    new CostTable(profiles, console.out(), console.width()).print();
    return ExitStatus.OK;
  }

  private static Profile profile(String key) throws UsageException {
    List<String> keys = Arrays.stream(Profile.values()).map(Profile::key).toList();
    if (!keys.contains(key)) {
      throw new UsageException(
          "there is no profile '" + key + "'" + Spelling.suggestion(key, keys, "profiles"));
    }
    return Profile.values()[keys.indexOf(key)];
  }
}
