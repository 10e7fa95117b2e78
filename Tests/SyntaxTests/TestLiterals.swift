import Diagnostics

@testable import Syntax

/// A recognizer of a few literals, enough to test the grammar without the values of the interpreter.
struct TestLiterals: LiteralRecognizer {
  private static let names: Set<String> = ["null", "true", "false"]
  private static let units: Set<String> = ["ns", "us", "ms", "s", "min", "h", "d", "B", "KiB", "MB"]

  func recognize(_ word: String) -> LiteralShape {
    if Self.names.contains(word) { return .literal }
    if word.contains("://") { return .literal }
    if word.hasSuffix("m"), isNumber(String(word.dropLast())) {
      return .malformed(message: "`m` is no unit", hint: "write `\(word)in`")
    }
    if isNumber(word) || isQuantity(word) || isTime(word) { return .literal }
    if let slash = word.lastIndex(of: "/") {
      let length = Int(word[word.index(after: slash)...])
      return length != nil && isAddress(String(word[..<slash])) ? .literal : .word
    }
    if isAddress(word) { return .literal }
    return endpoint(word)
  }

  private func isNumber(_ word: String) -> Bool {
    let digits = word.filter { $0 != "_" }
    if digits.hasPrefix("0x") { return digits.count > 2 && digits.dropFirst(2).allSatisfy(\.isHexDigit) }
    return Double(digits) != nil && digits.first?.isNumber == true
  }

  private func isQuantity(_ word: String) -> Bool {
    let unit = word.drop { $0.isNumber }
    return unit.count < word.count && Self.units.contains(String(unit))
  }

  private func isTime(_ word: String) -> Bool {
    word.utf8.count >= 10 && word.prefix(4).allSatisfy(\.isNumber) && word.dropFirst(4).first == "-"
      && word.allSatisfy { $0.isNumber || "-:T+Z".contains($0) }
  }

  private func isAddress(_ word: String) -> Bool {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) { return true }
    let groups = (word.split(separator: "%").first ?? "").split(separator: ":", omittingEmptySubsequences: false)
    return groups.count > 2 && groups.allSatisfy { $0.isEmpty || UInt16($0, radix: 16) != nil }
  }

  private func endpoint(_ word: String) -> LiteralShape {
    guard let colon = word.lastIndex(of: ":") else { return .word }
    let port = word[word.index(after: colon)...]
    guard !port.isEmpty, port.allSatisfy(\.isNumber) else { return .word }
    return UInt16(port) != nil ? .literal : .malformed(message: "a port is 0 to 65535", hint: nil)
  }
}

/// Parses a text and gives its tree as one line.
func dump(_ text: String) -> String { Dump().block(parsed(text).block) }

func parsed(_ text: String) -> ParseResult { parse(Source(name: "test", text: text), literals: TestLiterals()) }

/// Parses a text and gives its findings, each as its code and the text it points at.
func findings(_ text: String) -> [String] {
  parsed(text).findings.map { "\($0.code) `\($0.source.text($0.span))`" }
}
