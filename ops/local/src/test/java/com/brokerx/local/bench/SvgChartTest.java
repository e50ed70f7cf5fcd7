package com.brokerx.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SvgChartTest {

    @Test
    void barsAreAsLongAsTheirValuesAndTextIsEscaped() throws Exception {
        Document svg = parse(SvgChart.bars(
                "a < b & \"c\"", List.of(new SvgChart.Bar("whole", 10, "10", 0), new SvgChart.Bar("half", 5, "5", 1))));

        double whole = width(svg, 0);
        assertThat(width(svg, 1)).isEqualTo(whole / 2);
        assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("a < b & \"c\"");
    }

    @Test
    void higherValuesStandHigher() throws Exception {
        Document svg = parse(SvgChart.lines(
                "t", "ms", List.of("p50", "p99"), List.of(new SvgChart.Line("load", List.of(1.0, 4.0)))));

        String[] points = svg.getElementsByTagName("polyline")
                .item(0)
                .getAttributes()
                .getNamedItem("points")
                .getNodeValue()
                .split("[ ,]");
        assertThat(Integer.parseInt(points[3])).isLessThan(Integer.parseInt(points[1]));
    }

    private static double width(Document svg, int bar) {
        return Double.parseDouble(svg.getElementsByTagName("rect")
                .item(bar)
                .getAttributes()
                .getNamedItem("width")
                .getNodeValue());
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
