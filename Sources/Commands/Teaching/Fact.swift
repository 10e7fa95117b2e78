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
  /// The first byte of it, where the value is bytes.
  var offset: Int?
  /// How many facts behind it were not even made.
  var left = 0
  /// The command that shows more, if it is not the section of an RFC.
  var command: String?

  init(_ part: String, _ value: String, _ about: String, _ place: String = "", isReading: Bool = false) {
    self.part = part
    self.value = value
    self.about = about
    self.place = place
    self.isReading = isReading
  }

  /// Makes a row; all of a table have the same fields.
  func record(hasOffset: Bool) -> Record {
    let fields: [(String, Value)] = [
      ("part", .string(part)), ("value", .string(value)), ("about", .string(about)),
      ("basis", .string(isReading ? "reading" : "fact")), ("next", next.map { .string($0) } ?? .null),
    ]
    guard hasOffset else { return Record(pairs: fields) }
    return Record(pairs: [("at", offset.map { .int($0) } ?? .null)] + fields)
  }

  /// The command that shows where it is written: `rfc section 4291 2.5.6`.
  var next: String? {
    if let command { return command }
    let words = place.split(separator: " ")
    guard words.count > 1, words[0] == "RFC", let number = RFCEntry.number(words[1]) else { return nil }
    guard words.count > 2, words[2].hasPrefix("§") else { return "rfc \(number)" }
    // Behind a section may stand more: `§6.3, rule 6`.
    let section = words[2].dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "." }
    return "rfc section \(number) \(section)"
  }

  /// The same about a part of something larger.
  func within(_ whole: String) -> Fact {
    var fact = Fact("\(whole), \(part)", value, about, place, isReading: isReading)
    fact.command = command
    return fact
  }
}

extension [Fact] {
  /// How many facts an explanation has at most.
  static var limit: Int { 200 }

  /// Makes a table no longer than somebody reads: facts first, then readings; but the first row, on which all others may rest, stays.
  var table: Value {
    let facts = prefix(1) + dropFirst().filter { !$0.isReading }
    var shown = Array(facts.prefix(Self.limit))
    let left = facts.count - shown.count + reduce(0) { $0 + $1.left }
    if left > 0 { shown.append(Fact("more", "and \(CollectionFacts.grouped(left)) more", "left out here")) }
    shown += dropFirst().filter(\.isReading)
    let hasOffset = shown.contains { $0.offset != nil }
    return .list(shown.map { .record($0.record(hasOffset: hasOffset)) })
  }
}

extension RFCReference {
  /// What the table says of a name that was seen.
  var fact: Fact { Fact(kind, name, note, place) }
}
