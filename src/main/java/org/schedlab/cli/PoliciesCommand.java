package org.schedlab.cli;

import java.io.PrintStream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.schedlab.policy.Parameter;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;

/** {@code schedlab policies}: what there is, with parameters and defaults. */
final class PoliciesCommand implements Command {
  @Override
  public String name() {
    return "policies";
  }

  @Override
  public String arguments() {
    return "[NAME]";
  }

  @Override
  public String summary() {
    return "Lists the scheduling policies with their parameters and defaults.";
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public int run(CommandLine line, Console console) throws UsageException {
    if (line.getArgList().isEmpty()) {
      Policies.all().forEach(policy -> print(policy, console.out()));
      return ExitStatus.OK;
    }
    for (String name : line.getArgList()) {
      print(
          Policies.named(name)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "there is no policy '"
                              + name
                              + "'; the policies are "
                              + String.join(
                                  ", ", Policies.all().stream().map(p -> p.name()).toList()))),
          console.out());
    }
    return ExitStatus.OK;
  }

  private static void print(PolicyDescriptor policy, PrintStream out) {
    out.print(policy.name() + ": " + policy.summary() + "\n");
    for (Parameter parameter : policy.parameters()) {
      out.print("    " + parameter.name() + ": " + parameter.meaning() + "\n");
      out.print("        " + values(parameter) + "\n");
    }
    out.print("    source: " + policy.source() + "\n\n");
  }

  private static String values(Parameter parameter) {
    String kind =
        switch (parameter.kind()) {
          case DURATION -> "a duration";
          case INTEGER -> "a whole number";
          case FLAG -> "true or false";
          case CHOICE -> String.join(" or ", parameter.choices());
          case ESTIMATE -> "exact or {exponential: {alpha: A, initial: DURATION}}";
        };
    if (parameter.defaultValue() == null) {
      return kind + "; none unless given";
    }
    boolean units = parameter.kind() == Parameter.Kind.DURATION;
    return kind + "; default " + parameter.defaultValue() + (units ? " time units" : "");
  }
}
