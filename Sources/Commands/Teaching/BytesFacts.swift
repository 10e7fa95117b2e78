import Interpreter
import Net
import Wire

/// What is to be said of bytes: what they are held to be and why, then field by field what they say.
enum BytesFacts {
  /// How many bytes are looked at.
  static let limit = 1 << 20

  /// Explains bytes as what they look like, or as what they are said to be.
  static func of(_ all: [UInt8], as wanted: BytesForm? = nil) throws -> [Fact] {
    let bytes = all.count > limit ? Array(all.prefix(limit)) : all
    var guess = guess(bytes)
    if let wanted, wanted != guess.form {
      guess = BytesGuess(wanted, .possible, "so it was said; they look like \(guess.form.noun)")
    }
    guard !all.isEmpty else { return [Fact("bytes", "0 bytes", "nothing at all")] }
    let count = counted(all.count, "byte")
    var facts = [
      Fact(
        "bytes", count,
        "\(guess.confidence.rawValue): \(guess.form.noun), since \(guess.because); `--as` says otherwise",
        isReading: true)
    ]
    if wanted != nil, guess.confidence == .possible {
      facts = [Fact("bytes", count, "read as \(guess.form.noun), since \(guess.because)", isReading: true)]
    }
    if bytes.count < all.count {
      facts.append(Fact("looked at", "\(bytes.count) bytes", "the first of them; and \(all.count - bytes.count) more"))
    }
    switch guess.form {
    case .http: facts += try http(bytes, from: 0)
    case .tls: facts += tls(bytes)
    case .packet: facts += PacketFacts.of(bytes)
    case .dns: facts += dns(guess.start == 0 ? bytes : Array(bytes.dropFirst(guess.start)), from: guess.start)
    case .text: facts += text(bytes)
    case .data: facts += DataFacts.of(bytes)
    }
    return facts
  }

  // MARK: Messages

  /// Explains a message of DNS; `start` is where it begins in the bytes that somebody has.
  static func dns(_ message: [UInt8], from start: Int) -> [Fact] {
    let (annotations, error) = Message.explain(message)
    var facts = rows(annotations, from: start) { annotation, fact in
      let isType = annotation.field.hasSuffix(", type")
      let place = isType ? NumberFacts.references(to: annotation.value, of: ["dns-type"]).first?.place : nil
      return Fact(
        fact.part, fact.value, DNSMeanings.meaning(of: annotation, in: message),
        place.flatMap { $0.isEmpty ? nil : $0 } ?? fact.place)
    }
    if let index = facts.firstIndex(where: { $0.part == "flags" }) {
      let bits = DNSMeanings.bits(of: MessageFlags(rawValue: UInt16(message[2]) << 8 | UInt16(message[3])))
      let rows = bits.map { bit in
        var fact = Fact("flags, \(bit.name)", bit.value, bit.meaning, bit.place)
        fact.offset = facts[index].offset
        return fact
      }
      facts.replaceSubrange(index...index, with: rows)
    }
    if start == 2 {
      var length = Fact("length", "\(message.count)", "of the message, before it as over TCP", "RFC 1035 §4.2.2")
      length.offset = 0
      facts.insert(length, at: 0)
    }
    if let error { facts.append(unreadable(error.message, annotations, start, "RFC 1035 §4.1")) }
    return facts + DNSReading.of(message)
  }

  /// Explains a message of HTTP; of a head alone nobody expects the body.
  static func http(_ message: [UInt8], from start: Int, isHeadOnly: Bool = false) throws -> [Fact] {
    let explanation = HTTPExplanation(message, facts: try .shipped())
    var facts = rows(explanation.annotations, from: start) { _, fact in fact }
    if let error = explanation.error, !isHeadOnly {
      facts.append(unreadable(error.message, explanation.annotations, start, error.section ?? "RFC 9112 §2.2"))
    }
    return facts + HTTPReading.of(message)
  }

  /// Explains records of TLS.
  static func tls(_ bytes: [UInt8], from start: Int = 0) -> [Fact] {
    let explanation = TLSExplanation(bytes)
    var facts = rows(explanation.annotations, from: start) { annotation, fact in
      guard annotation.field.hasPrefix("extension ") else { return fact }
      let name = String(annotation.field.dropFirst("extension ".count))
      let known = NumberFacts.references(to: name, of: ["tls-extension"]).first
      return Fact(
        fact.part, fact.value, known?.about ?? fact.about,
        known.map { $0.place.isEmpty ? fact.place : $0.place } ?? fact.place)
    }
    if let fault = explanation.fault {
      facts.append(unreadable(fault.sentence, explanation.annotations, start, "RFC 8446 §5.1"))
    }
    return facts + TLSReading.of(bytes)
  }

  private static func rows(
    _ annotations: [Annotation], from start: Int, _ made: (Annotation, Fact) -> Fact
  ) -> [Fact] {
    // What nobody sees is not made.
    let shown = annotations.prefix([Fact].limit)
    var facts = shown.map { annotation in
      let plain = Fact(annotation.field, ScalarFacts.shortened(annotation.value), annotation.meaning, annotation.source)
      var fact = made(annotation, plain)
      fact.offset = start + annotation.range.lowerBound
      return fact
    }
    if !facts.isEmpty { facts[facts.count - 1].left = annotations.count - shown.count }
    return facts
  }

  private static func unreadable(_ message: String, _ read: [Annotation], _ start: Int, _ place: String) -> Fact {
    var fact = Fact("unreadable", message, "what stands before it was read", place)
    fact.offset = start + (read.map(\.range.upperBound).max() ?? 0)
    return fact
  }

  // MARK: Text

  private static func text(_ bytes: [UInt8]) -> [Fact] {
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = bytes.lazy.filter { $0 == ASCII.lf }.count + (bytes.last == ASCII.lf || bytes.isEmpty ? 0 : 1)
    let ends = bytes.indices.lazy.filter { bytes[$0] == ASCII.lf && $0 > 0 && bytes[$0 - 1] == ASCII.cr }.count
    let first = text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
    return [
      Fact("text", ScalarFacts.shortened(String(first)), "the first line, as UTF-8", "RFC 3629 §3"),
      Fact(
        "lines", "\(lines)",
        ends == lines ? "each ends with CR LF, as protocols of text want it" : "\(ends) of them end with CR LF"),
    ]
  }
}
