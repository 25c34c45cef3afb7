package org.schedlab.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.schedlab.kernel.SchedulingPolicy;

/**
 * A scheduling policy as the registry lists it.
 *
 * @param name as scenario files say it
 * @param summary its rule in a sentence
 * @param source where the rule comes from
 * @param parameters in the order in which they are shown
 * @param factory makes one instance for one ready queue
 * @param check says what is wrong with parameters that are each all right
 * @param isIdeal whether no kernel can do it, so that it is computed and not run
 */
public record PolicyDescriptor(
    String name,
    String summary,
    String source,
    List<Parameter> parameters,
    Factory factory,
    Function<PolicyParameters, Optional<Mismatch>> check,
    boolean isIdeal) {

  PolicyDescriptor(
      String name, String summary, String source, List<Parameter> parameters, Factory factory) {
    this(name, summary, source, parameters, factory, values -> Optional.empty(), false);
  }

  /** Returns what no kernel can do: it is computed, and has no instances. */
  static PolicyDescriptor ideal(String name, String summary, String source) {
    Factory none =
        (context, parameters) -> {
          throw new IllegalStateException(name + " is an ideal");
        };
    return new PolicyDescriptor(
        name, summary, source, List.of(), none, values -> Optional.empty(), true);
  }

  /** What is wrong with a parameter, beside the values of others. */
  public record Mismatch(String parameter, String message) {}

  /** Makes a policy for one ready queue of a run. */
  @FunctionalInterface
  public interface Factory {
    SchedulingPolicy create(SchedulingPolicy.Context context, PolicyParameters parameters);
  }

  /** Returns the parameter of that name, if the policy has one. */
  public Optional<Parameter> parameter(String parameterName) {
    return parameters.stream().filter(p -> p.name().equals(parameterName)).findFirst();
  }
}
