import Interpreter
import Net
import Wire

/// What a number or a word may stand for: an exit status of the shell, a status code, a port, an alert, a type.
enum NumberFacts {
  /// What the exit statuses of the shell mean; those of the network are curl's.
  private static let statuses: [Int: String] = [
    0: "done", 1: "a command failed, or the script said `fail`", 2: "wrong usage or syntax: nothing was run",
    3: "an assertion did not hold", 6: "a name was not found", 7: "no connection: refused or unreachable",
    22: "an HTTP status that was told to be an error", 28: "the time was up", 35: "no TLS was agreed on",
    56: "the peer broke off, or broke its protocol", 60: "the certificate is not to be trusted",
    130: "interrupted by Ctrl-C",
    141: "nobody read the output any more",
  ]

  static func of(_ number: Int) -> [Fact] {
    var facts: [Fact] = []
    if let text = statuses[number] { facts.append(Fact("exit status", "\(number)", text)) }
    if number > 128, number < 128 + 65, statuses[number] == nil {
      facts.append(Fact("exit status", "\(number)", "a program was ended by signal \(number - 128)", isReading: true))
    }
    return facts + references(to: "\(number)")
  }

  /// Gives what the table of references has of a name or number.
  static func references(to name: String, of kinds: [String]? = nil) -> [Fact] {
    let table = try? RFCTables.references()
    return (table?.find(name) ?? []).filter { kinds?.contains($0.kind) ?? true }.map(\.fact)
  }
}
