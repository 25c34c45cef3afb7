package org.schedlab.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.schedlab.policy.Parameter;
import org.schedlab.policy.Policies;
import org.schedlab.policy.PolicyDescriptor;
import org.schedlab.scenario.yaml.Spelling;

/** {@code schedlab policies}: what there is, with parameters and defaults, or a policy's page. */
final class PoliciesCommand implements Command {
  @Override
  public String name() {
    return "policies";
  }

  @Override
  public String arguments() {
    return "[NAME]...";
  }

  @Override
  public String summary() {
    return "Lists the scheduling policies with their parameters, or prints all about one.";
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public int run(CommandLine line, Console console) throws UsageException, IOException {
    if (line.getArgList().isEmpty()) {
      Policies.all().forEach(policy -> print(policy, console.out()));
      console.out().print("All about one, with an example: schedlab policies NAME\n");
      return ExitStatus.OK;
    }
    List<PolicyDescriptor> policies = new ArrayList<>();
    for (String name : line.getArgList()) {
      policies.add(Policies.named(name).orElseThrow(() -> unknown(name)));
    }
    for (PolicyDescriptor policy : policies) {
      PageText text = new PageText(console.width(), console.showsUnicode());
      console.out().print(text.of(page(policy)));
    }
    return ExitStatus.OK;
  }

  private static UsageException unknown(String name) {
    List<String> names = Policies.all().stream().map(PolicyDescriptor::name).toList();
    return new UsageException(
        "there is no policy '" + name + "'" + Spelling.suggestion(name, names, "policies"));
  }

  /** Returns a policy's page of the documentation, which is built into the program. */
  private static String page(PolicyDescriptor policy) throws IOException {
    String resource = "/docs/policies/" + policy.name() + ".md";
    try (InputStream page = PoliciesCommand.class.getResourceAsStream(resource)) {
      if (page == null) {
        throw new IllegalStateException("the program was built without " + resource);
      }
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    }
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
          case DURATIONS -> "a duration, or a list of them";
          case INTEGERS -> "a whole number, or a list of them";
          case NUMBERS -> "a list of whole numbers";
          case CURRENCIES -> "a map of names to numbers, or to {NAME: NUMBER}";
          case CLASSES -> "a list of {name: NAME, policy: POLICY, parameters...}";
          case ESTIMATE -> "exact or {exponential: {alpha: A, initial: DURATION}}";
        };
    if (parameter.defaultValue() == null) {
      return kind + "; none unless given";
    }
    boolean units = parameter.kind().isDuration();
    return kind + "; default " + parameter.defaultValue() + (units ? unitsOf(parameter) : "");
  }

  private static String unitsOf(Parameter parameter) {
    return parameter.defaultValue().equals(1L) ? " time unit" : " time units";
  }
}
