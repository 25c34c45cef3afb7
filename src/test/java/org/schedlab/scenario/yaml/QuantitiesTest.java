package org.schedlab.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.schedlab.scenario.TimeUnit;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "5, 5000000",
    "0, 0",
    "0.25, 250000",
    "1.5us, 1500",
    "1.5 us, 1500",
    "20ms, 20000000",
    "3s, 3000000000",
    "0.5ns, 1",
    "0.4999999999999999999ns, 0",
    "0.1000005, 100001",
    "4611686018427387904ns, 4611686018427387904"
  })
  void durationsAreExactAndRoundedHalfUp(String text, long nanos) {
    assertThat(Durations.parse(text, TimeUnit.MS)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "1e3",
        "1:30",
        "010",
        "5 min",
        ".5",
        "5.",
        "1_000",
        "0x10",
        "ms",
        "٣",
        "4611686018427387905ns",
        "99999999999999999999999999999999999999999999999999"
      })
  void whatIsNoDurationIsRefusedWithAReason(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text, TimeUnit.MS))
        .withMessageContaining("`");
  }

  @ParameterizedTest
  @CsvSource({"4096, 4096", "4KiB, 4096", "1MiB, 1048576", "1.5GiB, 1610612736", "7 B, 7", "0, 0"})
  void sizesAreWholeBytes(String text, long bytes) {
    assertThat(Sizes.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "4KB", "0.3KiB", "1e3", "200000GiB", "kib"})
  void whatIsNoSizeIsRefusedWithAReason(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sizes.parse(text))
        .withMessageContaining("`");
  }

  @Test
  void swappedNeighboursAreOneMistake() {
    assertThat(Spelling.distance("yeild", "yield")).isEqualTo(1);
    assertThat(Spelling.distance("", "abc")).isEqualTo(3);
    assertThat(Spelling.nearest("per_cpu", List.of("global", "per-cpu"))).isEqualTo("per-cpu");
    assertThat(Spelling.nearest("xyz", List.of("global", "per-cpu"))).isNull();
  }
}
