import Interpreter
import Wire

/// One thing that is to be said of a value: what follows from a standard, or what it probably means here.
struct Fact {
  /// The part of the value that it is about.
  let part: String
  let value: String
  let about: String
  /// Whether it is an interpretation, which may be wrong, and not a fact.
  var isReading = false
  /// Where it is written down: `RFC 4291 §2.5.6`; empty if nowhere.
  var place = ""

  init(_ part: String, _ value: String, _ about: String, _ place: String = "", isReading: Bool = false) {
    self.part = part
    self.value = value
    self.about = about
    self.place = place
    self.isReading = isReading
  }

  var record: Record {
    Record([
      "part": .string(part), "value": .string(value), "about": .string(about),
      "basis": .string(isReading ? "reading" : "fact"), "next": next.map { .string($0) } ?? .null,
    ])
  }

  /// The command that shows where it is written: `rfc section 4291 2.5.6`.
  private var next: String? {
    let words = place.split(separator: " ")
    guard words.count > 1, words[0] == "RFC", let number = RFCEntry.number(words[1]) else { return nil }
    guard words.count > 2, words[2].hasPrefix("§") else { return "rfc \(number)" }
    return "rfc section \(number) \(words[2].dropFirst())"
  }
}

extension RFCReference {
  /// What the table says of a name that was seen.
  var fact: Fact { Fact(kind, name, note, place) }
}
