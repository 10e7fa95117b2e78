import BigInt
import Net
import Syntax

/// The reading of bare words as values.
public enum Literal {
  /// What a word spells.
  public enum Reading: Sendable {
    case value(Value)
    /// It has the shape of a literal and is wrong.
    case malformed(message: String, hint: String?)
    case word
  }

  /// Reads a word; the first character decides which literals are tried.
  public static func read(_ word: String) -> Reading {
    guard let first = word.utf8.first, word.utf8.count <= 4_096 else { return .word }
    switch word {
    case "null": return .value(.null)
    case "true": return .value(.bool(true))
    case "false": return .value(.bool(false))
    default: break
    }
    let isDigit = first >= 0x30 && first <= 0x39
    if word.utf8.contains(UInt8(ascii: ".")), let range = range(word) { return .value(range) }
    if isDigit, let number = NumberLiteral.read(word) { return number }
    if first == UInt8(ascii: "-") {
      guard let next = word.utf8.dropFirst().first, next >= 0x30, next <= 0x39 else { return .word }
      return negative(NumberLiteral.read(String(word.dropFirst())) ?? quantity(String(word.dropFirst())))
    }
    if isDigit, case .value(let value) = quantity(word) { return .value(value) }
    if word.utf8.contains(UInt8(ascii: ":")) || isDigit, let value = networkValue(word) { return value }
    if isDigit, let suggestion = TimeSpan.suggestion(for: word) {
      return .malformed(message: "\(word) is no duration", hint: "did you mean \(suggestion)?")
    }
    if isDigit, let fault = TimeSpan.fault(in: word) { return .malformed(message: fault, hint: nil) }
    if isDigit, let fault = ByteSize.fault(in: word) { return .malformed(message: fault, hint: nil) }
    return isDigit ? dotted(word) : .word
  }

  /// Reads `1..10`, `1..<10`, `1..` and the same between addresses, as arguments have them.
  private static func range(_ word: String) -> Value? {
    let bytes = word.utf8
    let dot = UInt8(ascii: ".")
    guard
      let first = zip(bytes.indices, bytes.indices.dropFirst()).first(where: { bytes[$0] == dot && bytes[$1] == dot })
    else { return nil }
    let behind = word[bytes.index(after: first.1)...]
    let includesEnd = behind.utf8.first != UInt8(ascii: "<")
    let end = includesEnd ? behind : behind.dropFirst()
    guard !end.utf8.contains(dot) || !end.contains(".."), case .value(let lower) = read(String(word[..<first.0])) else {
      return nil
    }
    var upper: Value?
    if !end.isEmpty {
      guard case .value(let read) = read(String(end)) else { return nil }
      upper = read
    } else if !includesEnd {
      return nil
    }
    return RangeValue(from: lower, to: upper, includesEnd: includesEnd).map { .range(Box($0)) }
  }

  /// Reads durations and sizes.
  private static func quantity(_ word: String) -> Reading {
    if let span = TimeSpan(word) { return .value(.duration(span)) }
    if let size = ByteSize(word) { return .value(.size(size)) }
    return .word
  }

  /// Reads addresses, networks, MACs, times, URLs and endpoints.
  private static func networkValue(_ word: String) -> Reading? {
    if let address = Address(word) { return .value(.address(address)) }
    if word.utf8.contains(UInt8(ascii: "/")) {
      if let network = Network(word) { return .value(.network(network)) }
      return URLLiteral.read(word)
    }
    if let mac = MAC(word) { return .value(.mac(mac)) }
    if let time = Timestamp(word) { return .value(.time(time)) }
    do throws(EndpointError) {
      guard let endpoint = try Endpoint.parse(word) else { return nil }
      return .value(.endpoint(Box(endpoint)))
    } catch {
      return .malformed(message: error.message, hint: error.hint)
    }
  }

  /// Tells a mistyped IPv4 address or network from a word that only begins with a digit.
  private static func dotted(_ word: String) -> Reading {
    let parts = word.split(separator: "/", omittingEmptySubsequences: false)
    guard let host = parts.first, parts.count <= 2, parts.count == 1 || parts[1].allSatisfy(\.isNumber) else {
      return .word
    }
    let octets = host.split(separator: ".", omittingEmptySubsequences: false)
    let areNumbers = octets.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
    guard octets.count == 4, areNumbers else { return .word }
    do throws(AddressError) { _ = parts.count == 2 ? try Network.read(word).first : try Address.read(word) } catch {
      return .malformed(message: error.message, hint: error.hint)
    }
    return .word
  }

  private static func negative(_ reading: Reading) -> Reading {
    switch reading {
    case .value(.int(let number)):
      let (result, overflow) = (0).subtractingReportingOverflow(number)
      return .value(overflow ? .big(Box(-BigInt(number))) : .int(result))
    case .value(.big(let number)): return .value(.integer(-number.content))
    case .value(.float(let number)): return .value(.float(-number))
    case .value(.duration(let span)) where span.nanoseconds != .min:
      return .value(.duration(TimeSpan(nanoseconds: -span.nanoseconds)))
    default: return reading
    }
  }
}

/// Tells the parser which words are literals.
public struct Literals: LiteralRecognizer {
  public init() {}

  public func recognize(_ word: String) -> LiteralShape {
    switch Literal.read(word) {
    case .value: .literal
    case .malformed(let message, let hint): .malformed(message: message, hint: hint)
    case .word: .word
    }
  }

  public func fault(inNumber word: String) -> String? { NumberFault.message(for: word) }
}
