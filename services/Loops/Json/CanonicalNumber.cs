using System.Numerics;

namespace LoopBus.Loops.Json;

/// <summary>One text for each decimal number, in ECMAScript's form (plain from 1e-6 up to 1e21, else with an exponent), exact.</summary>
internal static class CanonicalNumber
{
    public static string Of(string number)
    {
        var negative = number[0] == '-';
        var body = number.AsSpan(negative ? 1 : 0);
        var e = body.IndexOfAny('e', 'E');
        var exponent = e < 0 ? BigInteger.Zero : BigInteger.Parse(body[(e + 1)..].TrimStart('+'));
        var mantissa = e < 0 ? body : body[..e];
        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? [] : mantissa[(point + 1)..];
        var all = string.Concat(whole, fraction).TrimStart('0');

        if (all.Length == 0)
            return "0";

        // The value is 0.digits * 10^scale.
        var scale = exponent + whole.Length - (whole.Length + fraction.Length - all.Length);
        var digits = all.TrimEnd('0');

        return (negative ? "-" : "") + Form(digits, scale);
    }

    private static string Form(string digits, BigInteger scale)
    {
        if (scale > 21 || scale <= -6)
        {
            var power = scale - 1;
            var tail = digits.Length > 1 ? "." + digits[1..] : "";

            return $"{digits[0]}{tail}e{(power.Sign > 0 ? "+" : "")}{power}";
        }

        var places = (int)scale;

        if (places <= 0)
            return "0." + new string('0', -places) + digits;
        if (digits.Length <= places)
            return digits + new string('0', places - digits.Length);

        return digits[..places] + "." + digits[places..];
    }
}
