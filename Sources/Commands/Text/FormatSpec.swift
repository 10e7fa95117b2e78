import Glibc
import Interpreter

/// How a value is written out, in the manner of Python's format specifications.
///
/// `[[fill]align][sign][#][0][width][,|_][.precision][type]`, where align is `<`, `>` or `^`; sign `+` or a space; type `d x X o b` for integers,
/// `e f g %` for all numbers, `s` for text.
struct FormatSpec {
  private var fill: Unicode.Scalar = " "
  private var alignment: Unicode.Scalar?
  private var sign: Unicode.Scalar?
  private var hasPrefix = false
  private var width = 0
  private var grouping: Unicode.Scalar?
  private var precision: Int?
  private var type: Unicode.Scalar?

  /// The names that stand for a specification.
  private static let names = ["hex": "x", "HEX": "X", "octal": "o", "binary": "b", "percent": "%"]
  static let widthLimit = 10_000
  static let precisionLimit = 400

  init(_ text: String) throws {
    var rest = (FormatSpec.names[text] ?? text).unicodeScalars[...]
    func take(_ wanted: String) -> Unicode.Scalar? {
      guard let next = rest.first, wanted.unicodeScalars.contains(next) else { return nil }
      return rest.removeFirst()
    }
    func takeNumber(_ limit: Int) throws -> Int? {
      let digits = rest.prefix { $0.value >= 0x30 && $0.value <= 0x39 }
      rest = rest.dropFirst(digits.count)
      guard !digits.isEmpty else { return nil }
      guard let number = Int(String(digits)), number <= limit else {
        throw FormatSpec.wrong(text, "more than \(limit)")
      }
      return number
    }
    if let second = rest.dropFirst().first, "<>^".unicodeScalars.contains(second) { fill = rest.removeFirst() }
    alignment = take("<>^")
    sign = take("+- ")
    hasPrefix = take("#") != nil
    if take("0") != nil, alignment == nil {
      fill = "0"
      alignment = "="
    }
    width = try takeNumber(FormatSpec.widthLimit) ?? 0
    grouping = take(",_")
    if take(".") != nil {
      precision = try takeNumber(FormatSpec.precisionLimit)
      if precision == nil { throw FormatSpec.wrong(text, "a number is missing after the point") }
    }
    type = take("dxXobefgs%")
    guard rest.isEmpty else { throw FormatSpec.wrong(text, "`\(String(rest))` is not understood") }
  }

  private static func wrong(_ text: String, _ why: String) -> ValueError {
    ValueError(
      "bad-format", "`\(text)` is no format: \(why)", hint: "such as .2f, 08b, x, >10, +d, `,`; or a text with {field}",
      layer: .command)
  }

  /// Writes a value out.
  func text(of value: Value) throws -> String {
    switch (type, value) {
    case (nil, .size) where grouping != nil: return try integer(value)
    case ("s", _): return try padded(sign: "", prefix: "", body: plain(value), isNumber: false)
    case (nil, .int), (nil, .big), ("d", _), ("x", _), ("X", _), ("o", _), ("b", _):
      if type == nil, precision != nil { return try number(value) }
      return try integer(value)
    case (nil, .float), ("e", _), ("f", _), ("g", _), ("%", _): return try number(value)
    default: return try padded(sign: "", prefix: "", body: plain(value), isNumber: false)
    }
  }

  private func plain(_ value: Value) throws -> String {
    let text = try PlainText.cell(value)
    guard let precision else { return text }
    return String(text.unicodeScalars.prefix(precision))
  }

  private func integer(_ value: Value) throws -> String {
    let whole: Value = if case .size(let size) = value { .int(Int(size.bytes)) } else { value }
    let radix: Int =
      switch type {
      case "x", "X": 16
      case "o": 8
      case "b": 2
      default: 10
      }
    guard let digits = whole.digits(radix: radix), let isNegative = compare(whole, .int(0)).map({ $0 < 0 }) else {
      throw ValueError("wrong-type", "an integer is wanted for this format, and this is \(value.described)")
    }
    guard precision == nil else {
      throw ValueError(
        "bad-format", "integers have no precision", hint: "`.2f` writes them as decimals", layer: .command)
    }
    let prefix = hasPrefix ? [16: type == "X" ? "0X" : "0x", 8: "0o", 2: "0b"][radix] ?? "" : ""
    let body = grouped(type == "X" ? digits.uppercased() : digits, every: radix == 10 ? 3 : 4)
    return padded(sign: signText(isNegative), prefix: prefix, body: body, isNumber: true)
  }

  private func number(_ value: Value) throws -> String {
    let wanted: Value = if case .size(let size) = value { .int(Int(size.bytes)) } else { value }
    var number = try Double.convert(wanted)
    if type == "%" { number *= 100 }
    let isNegative = number.sign == .minus && !number.isNaN
    var body: String
    if !number.isFinite {
      body = number.isNaN ? "nan" : "inf"
    } else if type == nil, precision == nil {
      body = number.magnitude.description
    } else {
      let form = "%.*" + (type == "%" ? "f" : String(type ?? "g"))
      body = FormatSpec.print(form, Int32(precision ?? 6), number.magnitude)
    }
    let whole = body.prefix { $0 >= "0" && $0 <= "9" }
    body = grouped(String(whole), every: 3) + body.dropFirst(whole.count)
    return padded(sign: signText(isNegative), prefix: "", body: body + (type == "%" ? "%" : ""), isNumber: true)
  }

  /// Writes a float with vsnprintf(3).
  private static func print(_ form: String, _ precision: Int32, _ number: Double) -> String {
    withVaList([precision, number]) { list in
      // A double has up to 309 digits before the point.
      var buffer = [CChar](repeating: 0, count: 1024)
      let count = vsnprintf(&buffer, buffer.count, form, list)
      return String(decoding: buffer.prefix(max(0, min(Int(count), 1023))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  private func signText(_ isNegative: Bool) -> String {
    if isNegative { return "-" }
    return sign == "+" ? "+" : sign == " " ? " " : ""
  }

  private func grouped(_ digits: String, every length: Int) -> String {
    guard let grouping else { return digits }
    var made = String.UnicodeScalarView()
    let count = digits.unicodeScalars.count
    for (place, digit) in digits.unicodeScalars.enumerated() {
      if place > 0, (count - place) % length == 0 { made.append(grouping) }
      made.append(digit)
    }
    return String(made)
  }

  private func padded(sign: String, prefix: String, body: String, isNumber: Bool) -> String {
    let missing = width - sign.unicodeScalars.count - prefix.unicodeScalars.count - body.unicodeScalars.count
    guard missing > 0 else { return sign + prefix + body }
    func filled(_ count: Int) -> String { String(repeating: String(fill), count: count) }
    switch alignment ?? (isNumber ? ">" : "<") {
    case "<": return sign + prefix + body + filled(missing)
    case "^": return filled(missing / 2) + sign + prefix + body + filled(missing - missing / 2)
    case "=" where isNumber: return sign + prefix + filled(missing) + body
    default: return isNumber || alignment == ">" ? filled(missing) + sign + prefix + body : body + filled(missing)
    }
  }
}
