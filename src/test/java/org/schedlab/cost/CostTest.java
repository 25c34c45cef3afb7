package org.schedlab.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.schedlab.scenario.Scenario;
import org.schedlab.scenario.yaml.Overrides;
import org.schedlab.scenario.yaml.ScenarioReader;

class CostTest {
  /** What is a matter of shape or a limit that programs see, not of cost. */
  private static final Set<Cost> NO_COSTS =
      EnumSet.of(
          Cost.CACHE_LINE,
          Cost.PIPE_CAPACITY,
          Cost.PIPE_ATOMIC,
          Cost.MQ_MESSAGES,
          Cost.MQ_MESSAGE_SIZE);

  @Test
  void keysAreUniqueAndInSnakeCase() {
    List<String> keys = Arrays.stream(Cost.values()).map(Cost::key).toList();
    assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.matches("[a-z0-9]+(_[a-z0-9]+)*"));
  }

  @ParameterizedTest
  @EnumSource
  void textbookHasNoHiddenCost(Cost cost) {
    if (!NO_COSTS.contains(cost)) {
      assertThat(cost.in(Profile.TEXTBOOK)).isIn(0L, Profile.UNLIMITED);
    }
    if (cost.unit() == Unit.NANOSECONDS || cost.unit() == Unit.PER_SECOND) {
      assertThat(cost.in(Profile.TEXTBOOK)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFigureOfAMachineHasEvidence(Cost cost) {
    for (Profile profile : Profile.values()) {
      Figure figure = cost.figure(profile);
      if (profile != Profile.TEXTBOOK && figure.value() != 0) {
        assertThat(figure.evidence()).as(profile.key()).isNotEmpty();
      }
      assertThat(figure.evidence()).noneMatch(evidence -> evidence.words().isEmpty());
    }
    assertThat(cost.meaning()).doesNotEndWith(".");
  }

  @Test
  void everySourceIsUsedAndEverySectionAndMechanismHasParameters() {
    Set<Source> used =
        Arrays.stream(Cost.values())
            .flatMap(cost -> Arrays.stream(Profile.values()).map(cost::figure))
            .flatMap(figure -> figure.evidence().stream())
            .map(Evidence::source)
            .collect(Collectors.toSet());
    assertThat(used).containsExactlyInAnyOrder(Source.values());
    assertThat(Arrays.stream(Cost.values()).map(Cost::section)).contains(Section.values());
    assertThat(Arrays.stream(Cost.values()).map(Cost::mechanism)).contains(Mechanism.values());
  }

  @ParameterizedTest
  @EnumSource
  void durationsSizesAndNumbersAreListedAsScenariosWriteThem(Cost cost) throws Exception {
    for (Profile profile : Profile.values()) {
      String text = cost.unit().format(cost.in(profile));
      if (text.contains("/s")) {
        text = Long.toString(cost.in(profile));
      }
      Scenario scenario =
          ScenarioReader.read(
              "machine: {costs: {profile: textbook, "
                  + cost.key()
                  + ": "
                  + text
                  + "}}\nprocesses: [{name: P, burst: 1}]\n",
              "test.yaml",
              Overrides.NONE);
      assertThat(scenario.machine().costs().get(cost)).isEqualTo(cost.in(profile));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Profile.class)
  void aPriceListHasTheValuesOfItsProfile(Profile profile) {
    CostModel model = CostModel.of(profile);
    for (Cost cost : Cost.values()) {
      assertThat(model.get(cost)).isEqualTo(cost.in(profile));
    }
  }

  @Test
  void cyclesAreRoundedHalfUp() {
    assertThat(Figure.cortexM4Cycles(519).value()).isEqualTo(4_325);
    assertThat(Figure.cortexM4Cycles(2).value()).isEqualTo(17);
    assertThat(Figure.cortexM4Cycles(1).value()).isEqualTo(8);
    assertThat(Figure.cortexM4Cycles(3).value()).isEqualTo(25);
    assertThat(Cost.BLOCK_WAKE.in(Profile.CORTEX_M4)).isEqualTo(1_417);
  }
}
