package com.brokerx.local.bench;

import java.util.List;
import java.util.Locale;

/** Small charts that GitHub shows in light and dark alike: plain SVG, no script, grey text. */
final class SvgChart {

    private static final int WIDTH = 720;
    private static final int LABELS = 220;
    private static final int BAR_HEIGHT = 26;
    private static final int ROW = 36;
    private static final int TOP = 44;
    private static final String TEXT = "#6b7280";
    private static final List<String> COLOURS = List.of("#2563eb", "#f59e0b", "#10b981", "#8b5cf6");

    private SvgChart() {}

    /** @param note what stands behind the bar */
    record Bar(String label, double value, String note, int colour) {}

    /** Horizontal bars from one zero line. */
    static String bars(String title, List<Bar> bars) {
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        StringBuilder svg = begin(title, TOP + ROW * bars.size());
        int y = TOP;
        for (Bar bar : bars) {
            double width = Math.max(1, bar.value() / most * (WIDTH - LABELS - 150));
            svg.append(text(LABELS - 10, y + 18, "end", bar.label()))
                    .append("<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"3\" fill=\"%s\"/>%n"
                            .formatted(LABELS, y, width, BAR_HEIGHT, COLOURS.get(bar.colour())))
                    .append(text((int) (LABELS + width + 8), y + 18, "start", bar.note()));
            y += ROW;
        }
        return svg.append("</svg>\n").toString();
    }

    /** @param values one for each tick of the x axis */
    record Line(String name, List<Double> values) {}

    /** Lines over named ticks; the y axis starts at zero. */
    static String lines(String title, String unit, List<String> ticks, List<Line> lines) {
        int height = 320;
        int bottom = height - 40;
        double most = lines.stream()
                .flatMap(line -> line.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        StringBuilder svg = begin(title, height);
        for (int i = 0; i <= 4; i++) {
            int y = y(most * i / 4, most, bottom);
            svg.append("<line x1=\"70\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#9ca3af\" stroke-opacity=\"0.35\"/>%n"
                            .formatted(y, WIDTH - 20, y))
                    .append(text(62, y + 4, "end", number(most * i / 4)));
        }
        svg.append(text(62, TOP - 14, "end", unit));
        for (int i = 0; i < ticks.size(); i++) {
            svg.append(text(x(i, ticks.size()), bottom + 20, "middle", ticks.get(i)));
        }
        for (int i = 0; i < lines.size(); i++) {
            svg.append(line(lines.get(i), most, bottom, COLOURS.get(i % COLOURS.size())))
                    .append("<rect x=\"%d\" y=\"30\" width=\"12\" height=\"4\" fill=\"%s\"/>%n"
                            .formatted(90 + i * 200, COLOURS.get(i % COLOURS.size())))
                    .append(text(108 + i * 200, 37, "start", lines.get(i).name()));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String line(Line line, double most, int bottom, String colour) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.values().size(); i++) {
            points.append("%d,%d "
                    .formatted(x(i, line.values().size()), y(line.values().get(i), most, bottom)));
        }
        return "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\" points=\"%s\"/>%n"
                .formatted(colour, points.toString().strip());
    }

    private static int x(int index, int count) {
        return 90 + index * (WIDTH - 140) / Math.max(1, count - 1);
    }

    private static int y(double value, double most, int bottom) {
        return (int) Math.round(bottom - value / most * (bottom - TOP - 10));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.1f", value);
    }

    private static StringBuilder begin(String title, int height) {
        return new StringBuilder()
                .append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
                                .formatted(WIDTH, height, WIDTH)
                        + "font-family=\"system-ui, sans-serif\" font-size=\"13\" role=\"img\" aria-label=\"%s\">%n"
                                .formatted(escaped(title)))
                .append("<text x=\"10\" y=\"20\" font-size=\"15\" font-weight=\"600\" fill=\"%s\">%s</text>%n"
                        .formatted(TEXT, escaped(title)));
    }

    private static String text(int x, int y, String anchor, String text) {
        return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n"
                .formatted(x, y, anchor, TEXT, escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
