package org.schedlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.schedlab.metrics.HandDrawnTrace;
import org.schedlab.testing.Workload;
import org.schedlab.trace.Departure;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SvgTest {
  private static byte[] svg(String name) {
    Run run =
        Runs.run(
            Runs.named(Runs.scenario(), name, ""),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              int a = trace.arrives(0, name);
              trace.runs(a, 0, 5, Departure.EXIT);
              trace.ends(10);
            });
    return Picture.of(run, GanttLanes.of(run, Window.ALL, 40), RunReport.CHART_WIDTH).svg();
  }

  private static Document parsed(byte[] svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg));
  }

  @Test
  void namesOfAnySortStayXml() throws Exception {
    NodeList texts = parsed(svg("<a>&\u0001é\uD83D\uDE00")).getElementsByTagName("text");
    assertThat(texts.getLength()).isPositive();
    boolean found = false;
    for (int i = 0; i < texts.getLength(); i++) {
      found |= texts.item(i).getTextContent().equals("<a>&\uFFFDé\uD83D\uDE00");
    }
    assertThat(found).isTrue();
  }

  @Test
  void runningBarIsAsLongAsItRan() throws Exception {
    Element plot = (Element) parsed(svg("P1")).getElementsByTagName("g").item(0);
    NodeList paths = plot.getElementsByTagName("path");
    int bars = 0;
    for (int i = 0; i < paths.getLength(); i++) {
      Element path = (Element) paths.item(i);
      String corners = path.getAttribute("d");
      if (path.getAttribute("fill").equals("#0072b2")) {
        double left = Double.parseDouble(corners.substring(1, corners.indexOf(' ')));
        String[] points = corners.split("L");
        double right = Double.parseDouble(points[2].substring(0, points[2].indexOf(' ')));
        // Half of the run, which is drawn from 62.6 to 1370.4.
        assertThat(right - left).isBetween(652.0, 656.0);
        bars++;
      }
    }
    assertThat(bars).as("one for the CPU, one for the thread").isEqualTo(2);
  }

  @Test
  void narrowBarsHaveWhatTellsTheirThreadsApart() {
    Run run =
        Runs.run(
            Runs.scenario(),
            sink -> {
              HandDrawnTrace trace = new HandDrawnTrace(sink, 1, Workload.MS);
              int first = trace.arrives(0, "server/worker[0]");
              int second = trace.arrives(0, "server/worker[1]");
              int log = trace.arrives(0, "log");
              trace.runs(first, 0, 3, Departure.EXIT);
              trace.runs(second, 3, 6, Departure.EXIT);
              trace.runs(log, 6, 40, Departure.EXIT);
              trace.ends(40);
            });
    byte[] svg = Picture.of(run, GanttLanes.of(run, Window.ALL, 40), RunReport.CHART_WIDTH).svg();
    // There is room for the thread's name and not for its process's.
    assertThat(new String(svg, StandardCharsets.UTF_8))
        .contains(">worker[0]</text>", ">worker[1]</text>", ">log</text>");
    byte[] narrow = Picture.of(run, GanttLanes.of(run, Window.ALL, 40), 700).svg();
    assertThat(new String(narrow, StandardCharsets.UTF_8)).contains("width=\"700\"");
  }

  @Test
  void coordinatesHaveTwoPlacesAtMost() {
    String text = new String(svg("P1"), StandardCharsets.UTF_8);
    assertThat(text)
        .doesNotContainPattern("\\d\\.\\d{3}")
        .doesNotContain("NaN")
        .doesNotContain("E-");
  }
}
