using System.Globalization;
using System.Net;
using System.Text;

namespace LoopBus.Benchmarks.Reports;

/// <summary>Draws a chart as SVG that a page can hold.</summary>
internal static class Svg
{
    private const double Width = 560, Height = 300, Left = 64, Right = 130, Top = 34, Bottom = 44;
    private static readonly string[] Colors = ["#2563eb", "#dc2626", "#059669", "#d97706", "#7c3aed", "#0891b2", "#be185d", "#4d7c0f"];

    public static string Of(Chart chart)
    {
        double[] across = [.. chart.Curves.SelectMany(curve => curve.Points).Select(point => point.X).Distinct().Order()];
        var top = Ceiling(chart.Curves.SelectMany(curve => curve.Points).Max(point => point.Y));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" role=\"img\" aria-label=\"{Text(chart.Title)}\" font-size=\"11\">");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"16\" font-size=\"13\" font-weight=\"600\">{Text(chart.Title)}</text>");
        for (var line = 0; line <= 4; line++)
        {
            var value = top * line / 4;
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\" stroke=\"#e5e7eb\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{value:#,0.##}</text>");
        }

        foreach (var x in across)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(x):0.#}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{x:#,0}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{Text(chart.Across)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"14\" y=\"{(Top + Height - Bottom) / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {(Top + Height - Bottom) / 2})\">{Text(chart.Up)}</text>");
        for (var index = 0; index < chart.Curves.Count; index++)
            Draw(chart.Curves[index], Colors[index % Colors.Length], index);
        return svg.Append("</svg>").ToString();

        double X(double value) => across.Length == 1
            ? Left
            : Left + ((Width - Left - Right) * (Math.Log(value) - Math.Log(across[0])) / (Math.Log(across[^1]) - Math.Log(across[0])));

        double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * value / top);

        void Draw(Curve curve, string color, int index)
        {
            var points = string.Join(' ', curve.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>");
            foreach (var (x, y) in curve.Points)
                svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(x):0.#}\" cy=\"{Y(y):0.#}\" r=\"3\" fill=\"{color}\"><title>{Text(curve.Name)}: {y:#,0.##} at {x:#,0}</title></circle>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right + 10}\" y=\"{Top + 12 + (16 * index)}\" fill=\"{color}\">{Text(curve.Name)}</text>");
        }
    }

    // 1, 2 or 5 times a power of ten: the lines stand at round numbers
    private static double Ceiling(double value)
    {
        if (value is <= 0 or double.NaN)
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return new[] { 1, 2, 5, 10 }.Select(step => step * power).First(step => step >= value * 0.999);
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
