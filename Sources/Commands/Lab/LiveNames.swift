import Diagnostics
import Interpreter
import Servers
import System
import Transport

/// The names of the lab and those that do the same in the real internet, for scripts that run there (`--live`).
struct LiveNames: Sendable {
  /// By name in lower case: the real one, nil where only the lab has such a thing.
  private let counterparts: [String: String?]

  /// Those of the lab's table, share/nsh/lab/names.tsv; nil where that is not there.
  static let ofLab: LiveNames? = Share.path
    .flatMap { try? FileText.read($0 + "/lab/names.tsv") }.map { LiveNames(LabPart.table($0)) }

  init(_ parts: [LabPart]) {
    counterparts = parts.reduce(into: [:]) { names, part in
      if names[part.name] == nil { names.updateValue(part.live, forKey: part.name) }
    }
  }

  /// What is said of each name that leads nowhere outside of the lab, where somebody looks it up.
  var missing: [NameError] {
    counterparts.filter { $0.value == nil }.keys.map { name in
      NameError(
        name: name,
        .withheld("it exists only in the lab, and with --live there is none", hint: Self.adviceForTheLabAlone))
    }
  }

  static let adviceForTheLabAlone = "`if (lab start) != [] { … }` holds what only the lab has"

  /// Gives a script in which each name of the lab is a real one, wherever it stands: in a URL as in a line that is sent by hand.
  ///
  /// Names below one of the lab's keep what stands in front; nothing else below `test` is a name of the lab.
  func replaced(in source: Source) -> Source {
    var pieces: [Replacement] = []
    var place = 0
    while let start = source.bytes[place...].firstIndex(where: Self.isInName) {
      let end = source.bytes[start...].firstIndex { !Self.isInName($0) } ?? source.bytes.count
      place = end
      // The letter behind a backslash belongs to that: `\r\nrfc.test`.
      let isEscaped = start > 0 && source.bytes[start - 1] == UInt8(ascii: "\\")
      if let piece = replacement(of: Span(start + (isEscaped ? 1 : 0), end), in: source.bytes) { pieces.append(piece) }
    }
    return source.replacing(pieces)
  }

  /// Looks whether a name, or what stands behind one of its dots, is one of the lab's.
  private func replacement(of name: Span, in text: [UInt8]) -> Replacement? {
    let dot = UInt8(ascii: ".")
    guard let last = text[name.start..<name.end].lastIndex(where: { $0 != dot }) else { return nil }
    var start = name.start
    while start <= last {
      if let real = counterparts[String(decoding: text[start...last], as: UTF8.self).lowercased()] {
        return real.map { Replacement(Span(start, last + 1), by: Array($0.utf8)) }
      }
      guard let next = text[start...last].firstIndex(of: dot) else { return nil }
      start = next + 1
    }
    return nil
  }

  /// Whether a byte belongs to a name of DNS as it is written: labels of a host (RFC 952), `_` before those of services (RFC 8552), dots.
  private static func isInName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
    default: false
    }
  }
}

extension Session {
  /// Whether scripts run on the real internet: names of the lab in their texts become real ones, and `lab start` starts nothing.
  public var isLive: Bool {
    get { network.isLive.load(ordering: .relaxed) }
    set {
      network.isLive.store(newValue, ordering: .relaxed)
      let names = newValue ? LiveNames.ofLab : nil
      prepare = { names?.replaced(in: $0) ?? $0 }
      network.resolver.withhold(names?.missing ?? [])
    }
  }
}
