import Interpreter
import Net

/// What `why` gives: a record for scripts, and for people the facts, then what they probably mean, then what to try.
struct WhyPage {
  let trouble: Trouble
  let evidence: Evidence
  let readings: [Reading]
  let took: TimeSpan

  /// The layer at which it is to be mended: of the first cause, else of the error.
  private var layer: Layer { readings.first?.cause.layer ?? (trouble.error.layers.last ?? trouble.error).layer }

  /// What to try, each once, the first of each cause before the second.
  private var next: [String] {
    var seen: Set<String> = []
    let first = readings.compactMap(\.next.first) + readings.flatMap { $0.next.dropFirst() }
    return first.filter { seen.insert($0).inserted }
  }

  var value: Value {
    let (headline, code, layer, took, next) = (trouble.error.headline, trouble.code, layer, took, next)
    let clues = Value.list(evidence.clues.map { .record($0.record) })
    let causes = Value.list(readings.map { .record($0.record) })
    let read = Value.list(readings.map { .record(Self.row($0)) })
    let pairs: [(String, Value)] = [
      ("code", .string(code)), ("layer", .string(layer.rawValue)), ("message", .string(headline)),
      ("evidence", clues), ("causes", causes), ("next", .list(next.map { .string($0) })), ("took", .duration(took)),
    ]
    let hasReadings = !readings.isEmpty
    return .record(
      Record(pairs: pairs) {
        let verdict =
          hasReadings ? "\nREADINGS, the likeliest first; they may be wrong\n" : "\nno cause is known for \(code)"
        var page: [Value] = [
          .string("\(headline)\n\(code), at the layer \(layer.rawValue)\n\nFACTS, found in \(took)\n"), clues,
          .string(verdict),
        ]
        if hasReadings { page.append(read) }
        if !next.isEmpty { page.append(.string("\nNEXT\n" + next.prefix(4).map { "  \($0)" }.joined(separator: "\n"))) }
        return page
      })
  }

  private static func row(_ reading: Reading) -> Record {
    Record([
      "cause": .string(reading.cause.name), "layer": .string(reading.cause.layer.rawValue),
      "is": .string(reading.likelihood.rawValue),
      "because": .string("\(reading.cause.sentence); \(reading.reason)"),
    ])
  }
}
