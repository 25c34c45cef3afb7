package org.schedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.schedlab.metrics.DrawnPaging;
import org.schedlab.metrics.HandDrawnTrace;
import org.schedlab.scenario.Scenario;
import org.schedlab.testing.Workload;
import org.schedlab.trace.BlockCause;
import org.schedlab.trace.Departure;
import org.schedlab.trace.RegionKind;
import org.schedlab.trace.TraceSink;

class MemoryChartsTest {
  private static final Pattern CORNER = Pattern.compile("[ML]([0-9.]+) ([0-9.]+)");
  private static final String BLUE = "#0072b2";
  private static final String SKY_BLUE = "#56b4e9";
  private static final String VERMILLION = "#d55e00";

  private static Run paging(int frames) {
    return Runs.run(
        Runs.paging(Runs.scenario(), frames, null), sink -> DrawnPaging.tell(sink, Workload.MS));
  }

  private static String svg(Run run, Window window) {
    return new String(
        Picture.of(run, GanttLanes.of(run, window, 40), RunReport.CHART_WIDTH).svg(),
        StandardCharsets.UTF_8);
  }

  /** Returns one of the charts: 0 for pages, 1 for faults. */
  private static String chart(Run run, Window window, int index) {
    // A chart is a heading, the chart itself and a legend; that of the threads comes first.
    return svg(run, window).split("<g transform=\"translate")[3 * index + 4];
  }

  /** Returns the corners of what is filled with a colour, but for the legend's box of 20 pixels. */
  private static List<double[]> corners(String chart, String colour) {
    List<double[]> corners = new ArrayList<>();
    Matcher path = Pattern.compile("<path fill=\"" + colour + "\" d=\"([^\"]*)\"").matcher(chart);
    while (path.find()) {
      List<double[]> of = new ArrayList<>();
      Matcher corner = CORNER.matcher(path.group(1));
      while (corner.find()) {
        double x = Double.parseDouble(corner.group(1));
        of.add(new double[] {x, Double.parseDouble(corner.group(2))});
      }
      double low = of.stream().mapToDouble(at -> at[1]).min().orElse(0);
      double high = of.stream().mapToDouble(at -> at[1]).max().orElse(0);
      double left = of.stream().mapToDouble(at -> at[0]).min().orElse(0);
      double right = of.stream().mapToDouble(at -> at[0]).max().orElse(0);
      if (right - left > 21 || high - low > 21) {
        corners.addAll(of);
      }
    }
    return corners;
  }

  private static int bars(String chart, String colour) {
    Set<Double> lefts = new TreeSet<>();
    List<double[]> corners = corners(chart, colour);
    for (int i = 0; i < corners.size(); i += 5) {
      lefts.add(corners.get(i)[0]);
    }
    return lefts.size();
  }

  @Test
  void layerOfAProcessIsAsHighAsItHasPages() {
    List<double[]> corners = corners(chart(paging(3), Window.ALL, 0), BLUE);
    Set<Double> heights = new TreeSet<>();
    corners.forEach(corner -> heights.add(corner[1]));
    // The top of three pages, of two, of one, and the axis.
    assertThat(heights).hasSize(4);
    List<Double> levels = new ArrayList<>(heights);
    double page = levels.get(3) - levels.get(2);
    assertThat(levels.get(2) - levels.get(1)).isBetween(page - 0.02, page + 0.02);
    assertThat(levels.get(1) - levels.get(0)).isBetween(page - 0.02, page + 0.02);
    assertThat(corners.stream().mapToDouble(corner -> corner[0]).min().orElse(0))
        .as("begins where the Gantt chart begins")
        .isEqualTo(corners(svg(paging(3), Window.ALL), BLUE).get(0)[0]);
  }

  @Test
  void limitOfFramesIsADashedLineUnlessItIsFarAbove() {
    assertThat(hasLimit(9)).isTrue();
    assertThat(hasLimit(10)).isFalse();
    assertThat(hasLimit(Scenario.MemorySpec.UNLIMITED_FRAMES)).isFalse();
  }

  private static boolean hasLimit(int frames) {
    return chart(paging(frames), Window.ALL, 0)
        .contains("<path stroke=\"#000000\" fill=\"none\" stroke-width=\"2\" stroke-dasharray");
  }

  @Test
  void withoutALimitCodeAndStacksAreShownToo() {
    Run run = paging(Scenario.MemorySpec.UNLIMITED_FRAMES);
    Set<Double> heights = new TreeSet<>();
    corners(chart(run, Window.ALL, 0), BLUE).forEach(corner -> heights.add(corner[1]));
    assertThat(heights).as("six, five and four pages, and the axis").hasSize(4);
    List<Double> levels = new ArrayList<>(heights);
    double page = levels.get(1) - levels.get(0);
    assertThat((levels.get(3) - levels.get(0)) / page).isBetween(5.95, 6.05);
  }

  @Test
  void faultsAreBarsAndMinorOnesAreToldFromMajorOnes() {
    String chart = chart(paging(3), Window.ALL, 1);
    assertThat(bars(chart, SKY_BLUE)).isEqualTo(6);
    assertThat(bars(chart, VERMILLION)).isEqualTo(1);
  }

  @Test
  void withoutAFaultThereIsNoChartOfThem() {
    Run run =
        Runs.run(
            Runs.paging(Runs.scenario(), 3, null),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              trace.arrives(0, "P");
              sink.regionMapped(0, 0, 0, RegionKind.CODE, "code", 0, 1);
              sink.pageLoaded(0, 0, 0, 1, 0);
              trace.ends(4);
            });
    assertThat(svg(run, Window.ALL).contains("Pages in memory")).isTrue();
    assertThat(svg(run, Window.ALL).contains("Page faults")).isFalse();
    assertThat(svg(paging(3), Window.ALL).contains("Page faults")).isTrue();
  }

  @Test
  void windowHoldsForAllCharts() {
    Window window = new Window(2 * Workload.MS, 7 * Workload.MS);
    String chart = chart(paging(3), window, 1);
    assertThat(bars(chart, SKY_BLUE)).as("at 2, 3 and 5 ms").isEqualTo(3);
    assertThat(bars(chart, VERMILLION)).isEqualTo(1);
    double[] pages =
        corners(chart(paging(3), window, 0), BLUE).stream()
            .mapToDouble(corner -> corner[0])
            .toArray();
    double[] lanes =
        corners(svg(paging(3), window), BLUE).stream().mapToDouble(c -> c[0]).toArray();
    assertThat(pages[0]).isEqualTo(lanes[0]);
    assertThat(corners(chart(paging(3), new Window(1, 2), 1), VERMILLION)).isEmpty();
  }

  @Test
  void layersOfProcessesStandOnEachOther() {
    Run run =
        Runs.run(
            Runs.paging(Runs.scenario(), 9, null),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              for (int process = 0; process < 9; process++) {
                trace.arrives(0, "twin");
                sink.regionMapped(0, process, 0, RegionKind.HEAP, "heap", 0, 8);
                sink.pageLoaded(0, process, 0, 1, process);
              }
              trace.ends(4);
            });
    String chart = chart(run, Window.ALL, 0);
    List<Double> tops = new ArrayList<>();
    for (int lane = 0; lane < 8; lane++) {
      int rgb = Palette.SERIES.get(lane).getRGB() & 0xFFFFFF;
      String colour = "#" + "0".repeat(6 - Integer.toHexString(rgb).length());
      tops.add(
          corners(chart, colour + Integer.toHexString(rgb)).stream()
              .mapToDouble(corner -> corner[1])
              .min()
              .orElseThrow());
    }
    assertThat(tops).isSortedAccordingTo((a, b) -> Double.compare(b, a)).doesNotHaveDuplicates();
    double page = tops.get(0) - tops.get(1);
    assertThat((tops.get(6) - tops.get(7)) / page).as("two others").isBetween(1.95, 2.05);
  }

  @Test
  void withoutMemoryThePictureIsTheGanttChartAlone() throws IOException {
    Run without = Runs.run(Runs.scenario(), sink -> HandDrawnTrace.roundRobin(sink, Workload.MS));
    assertThat(svg(without, Window.ALL).contains("Pages in memory")).isFalse();
    assertThat(svg(paging(3), Window.ALL).contains("Pages in memory")).isTrue();
    Run idle =
        Runs.run(
            Runs.paging(Runs.scenario(), 3, null),
            sink -> HandDrawnTrace.roundRobin(sink, Workload.MS));
    assertThat(svg(idle, Window.ALL).equals(svg(without, Window.ALL))).isTrue();
    byte[] png =
        Picture.of(paging(3), GanttLanes.of(paging(3), Window.ALL, 40), RunReport.CHART_WIDTH)
            .png();
    int height = ImageIO.read(new ByteArrayInputStream(png)).getHeight();
    assertThat(svg(paging(3), Window.ALL).contains("height=\"" + height + "\"")).isTrue();
  }

  @Test
  void waitingForAPageHasALabelOfItsOwn() {
    Run run = paging(3);
    Gantt gantt = GanttLanes.of(run, Window.ALL, 40);
    assertThat(gantt.lanes().get(1).spans())
        .filteredOn(span -> span.state() == Gantt.State.PAGING)
        .containsExactly(new Gantt.Span(Gantt.State.PAGING, 6 * Workload.MS, 8 * Workload.MS, ""));
    assertThat(gantt.notes()).contains("page faults wait for the device swap");
    assertThat(TextChart.of(gantt, run.unit(), 80, Glyphs.ASCII))
        .contains("~ blocked on a page fault");
  }

  @Test
  void waitingForAFrameIsWaitingForAPage() {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              int a = trace.arrives(0, "A");
              trace.dispatch(0, a, 0);
              trace.work(0, a, 0, 1);
              sink.blocked(Workload.MS, a, 0, BlockCause.FRAME, TraceSink.NONE);
              trace.wakes(2, a);
              trace.runs(a, 2, 3, Departure.BLOCKED);
              trace.ends(4);
            });
    Gantt gantt = GanttLanes.of(run, Window.ALL, 40);
    assertThat(gantt.lanes().get(1).spans())
        .extracting(Gantt.Span::state)
        .containsExactly(
            Gantt.State.RUNNING, Gantt.State.PAGING, Gantt.State.RUNNING, Gantt.State.BLOCKED);
    assertThat(TextChart.of(gantt, run.unit(), 80, Glyphs.ASCII))
        .contains("~ blocked, also on page faults");
  }

  @Test
  void stallsOfReferencesBelongToTheBar() {
    Gantt gantt = GanttLanes.of(paging(3), Window.ALL, 40);
    assertThat(gantt.lanes().get(0).spans())
        .extracting(Gantt.Span::state)
        .containsExactly(Gantt.State.RUNNING, Gantt.State.RUNNING);
  }
}
