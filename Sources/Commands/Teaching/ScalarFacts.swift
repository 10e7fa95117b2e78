import Interpreter
import Net
import Wire

/// What is to be said of the simple values: what they are exactly, and how they are written elsewhere.
enum ScalarFacts {
  static func of(_ value: Value) -> [Fact] {
    switch value {
    case .null: [Fact("null", "null", "nothing: no value is there, or none is known; in JSON `null`", "RFC 8259 §3")]
    case .bool(let isTrue):
      [Fact("bool", "\(isTrue)", "one of the two answers; in JSON the same word", "RFC 8259 §3")]
    case .big(let number):
      [
        Fact("int", shortened(value.scalarText ?? ""), "exact; integers have up to 4,096 bits"),
        Fact(
          "bits", "\(number.content.magnitude.bitWidth)", "more than the 64 of a machine; readers of JSON may round it",
          "RFC 8259 §6"),
      ]
    case .float(let number): float(number)
    case .duration(let span): duration(span)
    case .size(let size): self.size(size)
    case .time(let time): self.time(time)
    case .regex(let regex): pattern(regex)
    case .range(let range): self.range(range.content)
    case .function(let function): self.function(function)
    default: []
    }
  }

  private static func float(_ number: Double) -> [Fact] {
    var facts = [Fact("float", "\(number)", "64 bits of binary floating point, IEEE 754: about 16 digits")]
    guard number.isFinite else {
      return facts + [Fact("JSON", "none", "JSON has no word for it", "RFC 8259 §6")]
    }
    let bits = String(number.bitPattern, radix: 16)
    facts.append(
      Fact(
        "bits", "0x" + String(repeating: "0", count: 16 - bits.utf8.count) + bits,
        "sign, 11 bits of exponent, 52 of fraction"))
    return facts + [Fact("JSON", "\(number)", "a number; readers may have less precision", "RFC 8259 §6")]
  }

  private static func duration(_ span: TimeSpan) -> [Fact] {
    var facts = [
      Fact("duration", "\(span)", "a length of time, exact to the nanosecond"),
      Fact("seconds", "\(span.seconds)", "as TTLs, Max-Age and Retry-After count it", "RFC 9110 §10.2.3"),
    ]
    if span.nanoseconds > 0, span.nanoseconds < 1_000_000_000 {
      // Light in glass goes about 200 km in a millisecond.
      let km = Double(span.nanoseconds) / 1e6 * 100
      facts.append(
        Fact(
          "meaning", "\(span)", "as a round trip: no more than \(Int(km.rounded(.up))) km of fibre away",
          isReading: true))
    }
    return facts
  }

  private static func size(_ size: ByteSize) -> [Fact] {
    [
      Fact("size", "\(size)", "a number of bytes; kB, MB… count in 1000, KiB, MiB… in 1024"),
      Fact("bytes", "\(size.bytes)", "as Content-Length counts it", "RFC 9110 §8.6"),
      Fact("about", size.approximate, "for people"),
    ]
  }

  private static func time(_ time: Timestamp) -> [Fact] {
    [
      Fact("time", "\(time)", "in UTC, as the Internet writes it", "RFC 3339 §5.6"),
      Fact("seconds", "\(time.secondsSince1970)", "since 1970, leap seconds not counted, as machines count it"),
      Fact("HTTP", HTTPDate.text(time), "as HTTP writes it", "RFC 9110 §5.6.7"),
    ]
  }

  private static func pattern(_ regex: Regex) -> [Fact] {
    [Fact("regex", shortened(regex.pattern), "a pattern of PCRE2 that searches bytes, within a limit of steps")]
      + regex.names.prefix(20).map { Fact("group", $0.name, "the name of group \($0.number)") }
  }

  private static func range(_ range: RangeValue) -> [Fact] {
    var facts = [Fact("from", range.lower.scalarText ?? "", "the first member")]
    guard let upper = range.upper else { return facts + [Fact("to", "no end", "it goes on as long as somebody asks")] }
    facts.append(Fact("to", upper.scalarText ?? "", range.includesEnd ? "the last member" : "no longer a member"))
    switch (range.lower, upper) {
    case (.int, _):
      guard let (first, last) = range.integers else { break }
      let (difference, overflow) = last.subtractingReportingOverflow(first)
      facts.append(
        Fact(
          "count", overflow ? "more than 2^63" : "\(max(0, difference.addingReportingOverflow(1).partialValue))",
          "members"))
    case (.address(let first), .address):
      let item = try? AddressItem(.range(Box(range)))
      let networks = item.map { AddressSet([$0]).networks } ?? []
      facts.append(
        Fact(
          "networks", networks.count > 8 ? "\(networks.count)" : networks.map { "\($0)" }.joined(separator: " "),
          "the fewest networks that are exactly this range", first.isIPv4 ? "RFC 4632 §3.1" : "RFC 4291 §2.3"))
      facts += AddressFacts.of(first).map { $0.within("first") }
    default: break
    }
    return facts
  }

  private static func function(_ function: Function) -> [Fact] {
    let wanted = function.parameters
    guard !wanted.isEmpty else {
      return [Fact("function", "no parameters", "a piece of script that runs when it is called; `$in` is its input")]
    }
    return [
      Fact(
        "function", counted(wanted.count, "parameter"),
        "a piece of script that runs when it is called")
    ]
      + wanted.prefix(20).map {
        Fact("parameter", $0.name, $0.type == .any ? "any value" : "of type \($0.type.rawValue)")
      }
  }

  /// A text on one line, not too long.
  static func shortened(_ text: String) -> String {
    text.unicodeScalars.prefix(61).count > 60
      ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))) + "…" : text
  }
}
