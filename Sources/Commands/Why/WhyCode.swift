import Interpreter
import Net

/// What is to be said of an error's code alone: what it means, and the causes that it usually has, with no evidence for any.
struct WhyCode {
  private let code: String

  init(_ code: String) throws {
    self.code = code
    guard Self.codes.contains(code) else {
      throw ValueError(
        "unknown-code", "no error has the code `\(code)`",
        hint: nearestNames(to: code, among: Self.codes).first.map { "did you mean `why \($0)`?" }, layer: .command)
    }
  }

  /// All codes that something is known of, sorted: those with a hint or a cause, and those of the references.
  static var codes: [String] {
    Set(Hints.codes + Cause.all.flatMap(\.codes)).subtracting(["*"]).sorted()
  }

  var value: Value {
    let causes = Cause.all.filter { $0.codes.contains(code) }
    var facts = [Fact("exit status", "\(ExitStatus.of(code: code))", "what the shell ends with")]
    facts += NumberFacts.references(to: code, of: ["error"])
    if let hint = Hints.hint(for: code) { facts.append(Fact("hint", code, hint, isReading: true)) }
    let rows = causes.map { cause in
      Value.record(
        Record([
          "cause": .string(cause.name), "layer": .string(cause.layer.rawValue), "likelihood": .string("possible"),
          "says": .string(cause.sentence),
        ]))
    }
    let evidence = facts.table
    let title = code
    return .record(
      Record(pairs: [
        ("code", .string(code)), ("layer", .string(causes.first?.layer.rawValue ?? "")), ("evidence", evidence),
        ("causes", .list(rows)),
      ]) {
        let heading = rows.isEmpty ? "" : "\nUSUAL CAUSES, without evidence for any\n"
        return [.string("\(title)\n"), evidence] + (rows.isEmpty ? [] : [.string(heading), .list(rows)])
      })
  }
}
