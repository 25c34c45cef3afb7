package org.schedlab.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.schedlab.reference.ReferenceCases;

/** The cheapest schedules that go wrong, against worked cases. */
class FailureSearchTest {
  static Stream<CensusTest.Worked> cases() {
    return CensusTest.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theCheapestFailureIsFound(CensusTest.Worked worked) {
    ReferenceCase program = new ReferenceCase(worked.program());
    Machine machine = program.machine();

    Explorer explorer =
        Explorer.explore(machine, program, new Explorer.Questions(true, -1, -1, Budget.DEFAULT));

    if (worked.expected().get("failure") == null) {
      assertThat(explorer.shortest()).isEmpty();
      return;
    }
    Map<String, Object> failure = ReferenceCases.map(worked.expected().get("failure"));
    FailureSearch.Witness witness = explorer.fewestPreemptions().orElseThrow();
    assertThat(witness.cost()).isEqualTo(failure.get("min_preemptions"));
    assertThat(witness.schedule()).hasSize((Integer) failure.get("min_preemptions_steps"));
    assertThat(witness.kind().name().toLowerCase(Locale.ROOT))
        .isEqualTo(failure.get("witness_kind"));
    assertThat(explorer.fewestDelays().orElseThrow().cost()).isEqualTo(failure.get("min_delays"));
    assertThat(explorer.shortest().orElseThrow().schedule())
        .hasSize((Integer) failure.get("shortest_steps"));
    assertThat(explorer.interleavings().orElseThrow())
        .hasToString(worked.expected().get("interleavings").toString());
    assertThat(Narrative.of(machine, witness.schedule()).steps())
        .hasSize(witness.schedule().length);
  }
}
